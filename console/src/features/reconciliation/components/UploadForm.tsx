import { Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '@/components/DropFile';
import { FormModal } from '@/components/FormModal';

interface Values {
  name?: string;
  provider?: string;
}

interface Props {
  open: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: (given: { file: Blob; name: string; provider: string }) => void;
  onCancel: () => void;
}

/** A provider's bill or usage export as CSV. */
export function UploadForm({ open, busy, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('reconciliation');
  const [form] = Form.useForm<Values>();
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!open) {
      setFile(null);
      setMissing(false);
    }
  }, [open]);
  return (
    <FormModal<Values>
      open={open}
      title={t('upload')}
      action={t('compare')}
      busy={busy}
      error={error}
      form={form}
      fields={['name', 'provider']}
      initial={{}}
      onSubmit={({ name = '', provider = '' }) => (file === null ? setMissing(true) : onSubmit({ file, name: name.trim(), provider: provider.trim() }))}
      onCancel={onCancel}
    >
      <Form.Item label={t('file')} {...(missing ? { validateStatus: 'error' as const, help: t('fileMissing') } : {})}>
        <DropFile
          accept=".csv,text/csv"
          text={file?.name ?? t('drop')}
          hint={t('columns')}
          onFile={(chosen) => {
            setFile(chosen); // sent with the form
            setMissing(false);
          }}
        />
      </Form.Item>
      <Form.Item name="provider" label={t('provider')} extra={t('providerHelp')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t('name')} extra={t('nameHelp')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </FormModal>
  );
}
