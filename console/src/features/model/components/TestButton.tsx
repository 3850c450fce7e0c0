import { CheckCircleFilled, CloseCircleFilled, ThunderboltOutlined } from '@ant-design/icons';
import { Button, Popover, Space, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useTestModel } from '../api/testModel';
import { ProbeResult } from './ProbeResult';

/** Sends one tiny call to the provider and says beside the button how it went; a click on that tells more. */
export function TestButton({ id, name, keyId, disabled = false, size = 'small' }: { id: string; name: string; keyId?: string; disabled?: boolean; size?: 'small' | 'middle' }) {
  const { t } = useTranslation('model');
  const { token } = theme.useToken();
  const { milliseconds } = useFormat();
  const testing = useTestModel();
  const ok = testing.data?.ok === true;
  const verdict = testing.isError ? t('test.failed') : ok ? milliseconds(testing.data?.latency_ms) : t('test.failed');
  return (
    <Space size={4}>
      <Button
        size={size}
        icon={<ThunderboltOutlined />}
        loading={testing.isPending}
        disabled={disabled}
        onClick={() => testing.mutate({ id, ...(keyId === undefined ? {} : { keyId }) })}
        aria-label={t('test.label', { name })}
      >
        {t('test.action')}
      </Button>
      {(testing.isSuccess || testing.isError) && !testing.isPending && (
        <Popover
          trigger="click"
          title={t('test.title', { name })}
          content={<div className="model-probe">{testing.isError ? <ErrorState error={testing.error} /> : testing.data !== undefined && <ProbeResult probe={testing.data} />}</div>}
        >
          <Button type="text" size="small" className="numbers" aria-label={t('test.details', { name })}>
            {ok ? <CheckCircleFilled style={{ color: token.colorSuccess }} /> : <CloseCircleFilled style={{ color: token.colorError }} />}
            <span role="status">{verdict}</span>
          </Button>
        </Popover>
      )}
    </Space>
  );
}
