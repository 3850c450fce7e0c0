import { Card, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { UsageRecord } from '../api/records';
import { timelineOf } from '../timeline';

/** When the call was received, when the first token came, when it ended. */
export function Times({ record }: { record: UsageRecord }) {
  const { t } = useTranslation('record');
  const format = useFormat();
  return (
    <Card size="small" title={t('timeline')}>
      <Timeline
        style={{ marginTop: 8 }}
        items={timelineOf(record).map(({ step, at, after }) => ({
          key: step,
          color: step === 'ended' ? (record.outcome === 'completed' ? 'green' : 'red') : 'blue',
          content: (
            <>
              <Typography.Text strong>{t(`step.${step}`)}</Typography.Text> {after > 0 && <Typography.Text type="secondary">+{format.milliseconds(after)}</Typography.Text>}
              <br />
              <Typography.Text type="secondary">{format.time(at)}</Typography.Text>
            </>
          ),
        }))}
      />
    </Card>
  );
}
