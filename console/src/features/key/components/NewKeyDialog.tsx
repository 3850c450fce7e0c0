import { Alert, Button, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/CopyField';
import { Snippets } from '@/components/Snippets';
import { DEMO, useCallableModels } from '@/lib/callableModels';

interface Props {
  /** The whole key; the dialog is open while there is one. */
  secret: string;
  allowedModels: string[] | null;
  onClose: () => void;
}

/** Shows a new key this once, and how to use it. Closing it takes the key out of the page for ever. */
export function NewKeyDialog({ secret, allowedModels, onClose }: Props) {
  const { t } = useTranslation('key');
  const models = useCallableModels();
  const usable = (models.data ?? []).filter((model) => model.type_code === 'text' && (allowedModels === null || allowedModels.includes(model.model_id))).map((model) => model.model_id);
  const [chosen, setChosen] = useState<string | null>(null);
  const model = chosen ?? usable.find((id) => id !== DEMO) ?? usable[0] ?? allowedModels?.[0] ?? DEMO;
  return (
    <Modal
      open
      width={680}
      title={t('created')}
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('stored')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('once')} style={{ marginBottom: 16 }} />
      <CopyField text={secret} label={t('secret')} />
      <Typography.Title level={3} style={{ fontSize: 15, marginTop: 20 }}>
        {t('use')}
      </Typography.Title>
      {usable.length > 1 && (
        <label className="key-model">
          {t('withModel')}
          <Select showSearch value={model} onChange={setChosen} options={usable.map((id) => ({ value: id, label: id }))} style={{ minWidth: 220 }} />
        </label>
      )}
      <Snippets apiKey={secret} model={model} />
    </Modal>
  );
}
