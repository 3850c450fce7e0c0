import { Card, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Delta, type Sense } from '@/components/Delta';

interface Shown {
  value: ReactNode;
  change: number | null;
}

interface Props {
  label: string;
  sense: Sense;
  today: Shown | null;
  month: Shown | null;
}

/** One number of today, large, and of this month beneath, each with its change. */
export function Figure({ label, sense, today, month }: Props) {
  const { t } = useTranslation('overview');
  return (
    <Card size="small">
      <Typography.Text type="secondary" className="overview-figure-label">
        {label}
      </Typography.Text>
      {today === null ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : (
        <>
          <div className="overview-figure-main" title={t('againstYesterday')}>
            <strong className="numbers">{today.value}</strong>
            {today.change !== null && <Delta value={today.change} sense={sense} />}
          </div>
          <div className="overview-figure-month" title={t('againstLastMonth')}>
            <Typography.Text type="secondary">{t('month')}</Typography.Text>
            <span className="numbers">
              {month?.value ?? '–'} {typeof month?.change === 'number' && <Delta value={month.change} sense={sense} />}
            </span>
          </div>
        </>
      )}
    </Card>
  );
}
