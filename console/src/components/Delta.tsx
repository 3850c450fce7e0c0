import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';

/** Whether growth is good news. */
export type Sense = 'good' | 'bad' | 'neutral';

const HARDLY = 0.0005;

/** How a number has changed against the period before: an arrow, the percentage, a colour where it is good or bad news. */
export function Delta({ value, sense = 'neutral' }: { value: number | null; sense?: Sense }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  if (value === null) {
    return <Typography.Text type="secondary">–</Typography.Text>;
  }
  const up = value > 0;
  const still = Math.abs(value) < HARDLY;
  const tone = still || sense === 'neutral' ? 'secondary' : up === (sense === 'good') ? 'success' : 'danger';
  const shown = Math.abs(value) >= 10 ? t('delta.times', { factor: Math.round(value + 1) }) : percent(Math.abs(value));
  return (
    <Typography.Text type={tone} className="numbers" style={{ whiteSpace: 'nowrap' }}>
      {!still && (up ? <ArrowUpOutlined aria-label={t('delta.up')} /> : <ArrowDownOutlined aria-label={t('delta.down')} />)} {still ? t('delta.same') : shown}
    </Typography.Text>
  );
}
