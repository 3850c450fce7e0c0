import { CheckCircleFilled, CloseCircleFilled, ThunderboltOutlined } from '@ant-design/icons';
import { Button, Divider, Popover, Space, theme } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import type { Probe } from '../api/testModel';
import { ProbeResult } from './ProbeResult';

interface Props {
  testing: { data: Probe[] | undefined; error: unknown; isPending: boolean; isSuccess: boolean; isError: boolean };
  label: string;
  name: string;
  onTest: () => void;
  disabled?: boolean;
  size?: 'small' | 'middle';
}

/** A button that tests, and beside it how that went; a click on that tells more. */
export function TestVerdict({ testing, label, name, onTest, disabled = false, size = 'small' }: Props) {
  const { t } = useTranslation('model');
  const { token } = theme.useToken();
  const { milliseconds } = useFormat();
  const probes = testing.data ?? [];
  const ok = testing.isSuccess && probes.every((probe) => probe.ok);
  const slowest = Math.max(0, ...probes.map((probe) => probe.latency_ms));
  return (
    <Space size={4}>
      <Button size={size} icon={<ThunderboltOutlined />} loading={testing.isPending} disabled={disabled} onClick={onTest} aria-label={label}>
        {t('test.action')}
      </Button>
      {(testing.isSuccess || testing.isError) && !testing.isPending && (
        <Popover
          trigger="click"
          title={t('test.title', { name })}
          content={
            <div className="model-probe">
              {testing.isError && <ErrorState error={testing.error} />}
              {probes.map((probe, index) => (
                <Fragment key={index}>
                  {index > 0 && <Divider size="small" />}
                  <ProbeResult probe={probe} />
                </Fragment>
              ))}
            </div>
          }
        >
          <Button type="text" size="small" className="numbers" aria-label={t('test.details', { name })}>
            {ok ? <CheckCircleFilled style={{ color: token.colorSuccess }} /> : <CloseCircleFilled style={{ color: token.colorError }} />}
            <span role="status">{ok ? milliseconds(slowest) : t('test.failed')}</span>
          </Button>
        </Popover>
      )}
    </Space>
  );
}
