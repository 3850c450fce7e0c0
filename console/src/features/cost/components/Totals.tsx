import { Card, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amounts } from '@/components/Amounts';
import { Delta, type Sense } from '@/components/Delta';
import { useFormat } from '@/lib/format';
import { change, moneyChange, previousOf, share, sumsOf } from '@/lib/sums';
import type { UsageReport } from '@/lib/usageReport';

/** The sums of a report, each with its change against the period of the same length before. */
export function Totals({ report }: { report: UsageReport }) {
  const { t } = useTranslation('cost');
  const format = useFormat();
  const now = sumsOf(report.totals);
  const before = sumsOf(previousOf(report.totals));
  const none = report.totals.length === 0;
  const figures: { key: string; value: ReactNode; note?: ReactNode; delta: number | null; sense?: Sense }[] = [
    { key: 'cost', value: <Amounts of={now.cost} />, delta: moneyChange(now.cost, before.cost) },
    { key: 'userCost', value: <Amounts of={now.userCost} />, delta: moneyChange(now.userCost, before.userCost) },
    { key: 'requests', value: format.count(now.requests), delta: change(now.requests, before.requests) },
    { key: 'tokens', value: format.compact(now.tokens), note: t('inOut', { input: format.compact(now.input), output: format.compact(now.output) }), delta: change(now.tokens, before.tokens) },
    {
      key: 'estimated',
      value: format.percent(share(now.estimated, now.attempts)),
      note: <Amounts of={now.estimatedCost} />,
      delta: change(share(now.estimated, now.attempts), share(before.estimated, before.attempts)),
      sense: 'bad',
    },
    {
      key: 'unpaid',
      value: format.percent(share(now.unpaid, now.attempts)),
      note: <Amounts of={now.unpaidCost} />,
      delta: change(share(now.unpaid, now.attempts), share(before.unpaid, before.attempts)),
      sense: 'bad',
    },
  ];
  return (
    <section className="cost-totals" aria-label={t('totals')}>
      {figures.map(({ key, value, note, delta, sense }) => (
        <Card size="small" key={key}>
          <Typography.Text type="secondary" className="cost-label">
            {t(`figure.${key}`)}
          </Typography.Text>
          <div className="cost-value numbers">{none ? '–' : value}</div>
          <div className="cost-note">
            <Delta value={delta} sense={sense ?? 'neutral'} />
            {note !== undefined && <Typography.Text type="secondary">{note}</Typography.Text>}
          </div>
        </Card>
      ))}
    </section>
  );
}
