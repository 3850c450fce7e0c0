import { UploadOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { useImportAgent } from '../api/agents';

export function ImportButton() {
  const { t } = useTranslation('agent');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const importing = useImportAgent();
  return (
    <Upload
      accept="application/json,.json"
      showUploadList={false}
      beforeUpload={(file) => {
        importing.mutate(file, {
          onSuccess: (agent) => void navigate({ to: '/agents/$id/edit', params: { id: agent.id } }),
          onError: (error) => message.error(error instanceof SyntaxError ? t('importNotJson') : textOf(error)),
        });
        return false;
      }}
    >
      <Button icon={<UploadOutlined />} loading={importing.isPending}>
        {t('import')}
      </Button>
    </Upload>
  );
}
