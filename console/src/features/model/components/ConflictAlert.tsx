import { Alert, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { changedFields } from '../form/mapping';
import type { ModelValues } from '../form/values';

interface Props {
  base: ModelValues;
  mine: ModelValues;
  theirs: ModelValues;
  onTake: () => void;
  onMerge: () => void;
}

/** Somebody else changed the model meanwhile: what it was and is now, and what to do with one's own changes. */
export function ConflictAlert({ base, mine, theirs, onTake, onMerge }: Props) {
  const { t } = useTranslation('model');
  const own = changedFields(base, mine);
  const fields = changedFields(base, theirs);
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('conflict.title')}
      description={
        <>
          <ul className="model-conflict">
            {fields.map((name) => (
              <li key={name} className="break-anywhere">
                {t(`field.${name}`)}
                {name !== 'api_keys' && (
                  <>
                    {': '}
                    <del>{shown(base[name])}</del> → <ins>{shown(theirs[name])}</ins>
                  </>
                )}
                {own.includes(name) && <strong> {t('conflict.both')}</strong>}
              </li>
            ))}
          </ul>
          <Space wrap style={{ marginTop: 8 }}>
            <Button size="small" onClick={onTake}>
              {t(own.length === 0 ? 'conflict.show' : 'conflict.take')}
            </Button>
            {own.length > 0 && (
              <Button size="small" type="primary" onClick={onMerge}>
                {t('conflict.merge')}
              </Button>
            )}
          </Space>
        </>
      }
    />
  );
}

function shown(value: ModelValues[keyof ModelValues]): string {
  return value === null || value === '' ? '–' : String(value);
}
