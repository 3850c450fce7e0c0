import { DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Popconfirm, Switch, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/models';
import { EXAMPLES, type KeyValues } from '../form/values';
import { KeyReason, KeyUse, LastUse } from './KeyHealthLine';
import { RestoreButton } from './RestoreButton';
import { TestButton } from './TestButton';

interface Props {
  line: number;
  /** Weights only count when keys take turns. */
  weighted: boolean;
  model: Model | null;
  onRemove: () => void;
}

/** One key of the form: the key itself is written, never read; of a kept one only its end is known. */
export function KeyRow({ line, weighted, model, onRemove }: Props) {
  const { t } = useTranslation(['model', 'common']);
  const form = Form.useFormInstance();
  const [replacing, setReplacing] = useState(false);
  const values = Form.useWatch<KeyValues | undefined>(['api_keys', line], form);
  const kept = values?.id;
  const known = model?.api_keys.find(({ id }) => id === kept);
  const title = values?.name !== undefined && values.name.trim() !== '' ? values.name : kept === undefined ? t('form.newKey', { number: line + 1 }) : `…${values?.hint ?? ''}`;
  const stopReplacing = () => {
    form.setFieldValue(['api_keys', line, 'key'], '');
    setReplacing(false);
  };
  return (
    <div className="model-key" role="group" aria-label={title}>
      <div className="model-key-fields">
        <Form.Item name={[line, 'name']} label={t('form.keyName')}>
          <Input maxLength={100} placeholder={t('form.keyNameHelp')} />
        </Form.Item>
        {kept !== undefined && !replacing ? (
          <Form.Item label={t('form.key')}>
            <span className="model-kept-key">
              <code>••••••••{values?.hint}</code>
              <Button size="small" onClick={() => setReplacing(true)}>
                {t('form.replaceKey')}
              </Button>
            </span>
          </Form.Item>
        ) : (
          <Form.Item label={kept === undefined ? t('form.key') : t('form.keyInstead', { hint: values?.hint ?? '' })}>
            <span className="model-kept-key">
              <Form.Item name={[line, 'key']} noStyle>
                <Input.Password autoComplete="new-password" maxLength={4096} spellCheck={false} placeholder={EXAMPLES.key} aria-label={t('form.keyOf', { name: title })} autoFocus={replacing} />
              </Form.Item>
              {kept !== undefined && (
                <Button size="small" onClick={stopReplacing}>
                  {t('common:action.cancel')}
                </Button>
              )}
            </span>
          </Form.Item>
        )}
        {weighted && (
          <Form.Item name={[line, 'weight']} label={t('form.weight')} tooltip={t('form.weightHelp')}>
            <InputNumber min={1} max={1000} precision={0} style={{ width: 88 }} />
          </Form.Item>
        )}
        <Form.Item name={[line, 'enabled']} label={t('form.keyOn')} valuePropName="checked">
          <Switch size="small" aria-label={t('form.keyOnOf', { name: title })} />
        </Form.Item>
        <Form.Item label=" " colon={false} className="model-key-remove">
          {kept === undefined ? (
            <Tooltip title={t('form.removeKey')}>
              <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t('form.removeKeyOf', { name: title })} />
            </Tooltip>
          ) : (
            <Popconfirm title={t('form.removeKeyOf', { name: title })} description={t('form.removeKeyText')} onConfirm={onRemove} okText={t('form.removeKey')} okButtonProps={{ danger: true }}>
              <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('form.removeKeyOf', { name: title })} />
            </Popconfirm>
          )}
        </Form.Item>
        <Form.Item name={[line, 'id']} hidden>
          <Input />
        </Form.Item>
        <Form.Item name={[line, 'hint']} hidden>
          <Input />
        </Form.Item>
      </div>
      {model !== null && known !== undefined && (
        <div className="model-key-state">
          <KeyUse apiKey={known} />
          <KeyReason apiKey={known} />
          <TestButton id={model.id} name={title} keyId={known.id} />
          <RestoreButton modelId={model.id} apiKey={known} title={title} />
          <LastUse apiKey={known} />
        </div>
      )}
    </div>
  );
}
