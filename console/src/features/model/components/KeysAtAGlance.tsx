import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined, CloseCircleFilled } from '@ant-design/icons';
import { Button, Popover, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/models';
import { summaryOf, type KeysSummary } from '../keyHealth';
import { KeyHealthLine } from './KeyHealthLine';

/** How many of a model's keys work, and on a click why the others do not. */
export function KeysAtAGlance({ model }: { model: Pick<Model, 'name' | 'auth_type' | 'api_keys'> }) {
  const { t } = useTranslation('model');
  const summary = summaryOf(model.api_keys);
  const ratio = t('keys.ratio', { healthy: summary.healthy, count: summary.inUse });
  if (model.auth_type === 'none') {
    return <span className="model-muted">{t('keys.notNeeded')}</span>;
  }
  if (model.api_keys.length === 0) {
    return <span className="model-muted">{t('keys.none')}</span>;
  }
  return (
    <Popover
      trigger="click"
      title={t('keys.of', { name: model.name })}
      content={
        <ul className="model-key-lines">
          {model.api_keys.map((key) => (
            <li key={key.id}>
              <KeyHealthLine apiKey={key} />
            </li>
          ))}
        </ul>
      }
    >
      <Button type="text" size="small" className="numbers model-glance" aria-label={t('keys.glance', { name: model.name, ratio })}>
        <VerdictIcon verdict={summary.verdict} />
        {ratio}
      </Button>
    </Popover>
  );
}

export function VerdictIcon({ verdict }: { verdict: KeysSummary['verdict'] }) {
  const { token } = theme.useToken();
  switch (verdict) {
    case 'healthy':
      return <CheckCircleFilled style={{ color: token.colorSuccess }} />;
    case 'degraded':
      return <ExclamationCircleFilled style={{ color: token.colorWarning }} />;
    case 'down':
      return <CloseCircleFilled style={{ color: token.colorError }} />;
    case 'none':
      return <MinusCircleOutlined style={{ color: token.colorTextTertiary }} />;
  }
}
