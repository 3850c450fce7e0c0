import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Outage } from '../api/outages';
import { summaryOf } from '../keyHealth';
import { KeyHealthLine } from './KeyHealthLine';

const SHOWN = 5;

/** Says over the list which models lost keys, and why; comes and goes by itself. */
export function OutageBanner({ outages }: { outages: Outage[] }) {
  const { t } = useTranslation('model');
  const down = outages.filter((outage) => outage.down).length;
  if (outages.length === 0) {
    return null;
  }
  return (
    <Alert
      type={down > 0 ? 'error' : 'warning'}
      showIcon
      style={{ marginBottom: 16 }}
      title={down > 0 ? t('outage.down', { count: down }) : t('outage.degraded', { count: outages.length })}
      description={
        <ul className="model-outages">
          {outages.slice(0, SHOWN).map(({ model }) => (
            <li key={model.id}>
              <Link to="/admin/models/$id" params={{ id: model.id }}>
                {model.name}
              </Link>
              {summaryOf(model.api_keys).out.map((key) => (
                <KeyHealthLine key={key.id} apiKey={key} />
              ))}
            </li>
          ))}
          {outages.length > SHOWN && <li>{t('outage.more', { count: outages.length - SHOWN })}</li>}
        </ul>
      }
    />
  );
}
