import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/models';
import { NEW_KEY, type ModelValues } from '../form/values';
import { FormSection } from './FormSection';
import { KeyRow } from './KeyRow';

const MOST_KEYS = 100;

/** The model's provider keys: how they take turns, and each with its state. */
export function KeysSection({ model }: { model: Model | null }) {
  const { t } = useTranslation('model');
  const kind = Form.useWatch<ModelValues['auth_kind'] | undefined>('auth_kind');
  const mode = Form.useWatch<ModelValues['key_usage_mode'] | undefined>('key_usage_mode');
  if (kind === 'none') {
    return (
      <FormSection id="keys" title={t('form.keys')}>
        <span className="model-muted">{t('form.keysNotNeeded')}</span>
      </FormSection>
    );
  }
  return (
    <FormSection id="keys" title={t('form.keys')} description={t('form.keysText')}>
      <Form.Item name="key_usage_mode" label={t('form.mode')} extra={t(`form.${mode ?? 'single'}Help`)}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'single', label: t('form.single') },
            { value: 'round_robin', label: t('form.round_robin') },
          ]}
        />
      </Form.Item>
      <Form.List name="api_keys">
        {(lines, { add, remove }) => (
          <>
            <ul className="model-keys">
              {lines.map(({ key, name }) => (
                <li key={key}>
                  <KeyRow line={name} weighted={mode === 'round_robin'} model={model} onRemove={() => remove(name)} />
                </li>
              ))}
            </ul>
            <Button type="dashed" block icon={<PlusOutlined />} disabled={lines.length >= MOST_KEYS} onClick={() => add({ ...NEW_KEY })}>
              {t('form.addKey')}
            </Button>
          </>
        )}
      </Form.List>
    </FormSection>
  );
}
