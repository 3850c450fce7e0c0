import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { subtractDecimals } from '@/lib/decimal';
import { useFormat } from '@/lib/format';
import type { ChargeDifference, ReRateOutcome } from '../reRateOutcome';
import { UserName } from './UserName';

/** The difference in whole and by user. */
export function ReRateResult({ outcome }: { outcome: ReRateOutcome }) {
  const { t } = useTranslation('price');
  const { count, money } = useFormat();
  const columns = <T extends object>(of: (line: T) => ChargeDifference) => [
    { key: 'records', title: t('rerate.records'), align: 'right' as const, render: (_: unknown, line: T) => <span className="numbers">{count(of(line).records)}</span> },
    { key: 'before', title: t('column.before'), align: 'right' as const, render: (_: unknown, line: T) => <Amount amount={of(line).cost_before} currency={of(line).currency_before} /> },
    { key: 'after', title: t('column.after'), align: 'right' as const, render: (_: unknown, line: T) => <Amount amount={of(line).cost_after} currency={of(line).currency_after} /> },
    {
      key: 'difference',
      title: t('rerate.difference'),
      align: 'right' as const,
      render: (_: unknown, line: T) =>
        of(line).currency_before === of(line).currency_after ? <Amount amount={subtractDecimals(of(line).cost_after, of(line).cost_before)} currency={of(line).currency_after} /> : '–',
    },
    {
      key: 'user',
      title: t('rerate.userPays'),
      align: 'right' as const,
      render: (_: unknown, line: T) => (
        <span className="numbers">
          {money(of(line).user_cost_before, of(line).currency_before)} → {money(of(line).user_cost_after, of(line).currency_after)}
        </span>
      ),
    },
  ];
  return (
    <>
      <p>{t('rerate.looked', { records: count(outcome.records), changed: count(outcome.changed) })}</p>
      <Table<ChargeDifference>
        size="small"
        pagination={false}
        rowKey={(line) => `${line.currency_before}${line.currency_after}`}
        dataSource={outcome.totals}
        scroll={{ x: 640 }}
        columns={columns((line: ChargeDifference) => line)}
      />
      <h3 className="price-heading">{t('rerate.byUser')}</h3>
      <Table<ReRateOutcome['byUser'][number]>
        size="small"
        rowKey={(line) => `${line.user_id}${line.difference.currency_before}${line.difference.currency_after}`}
        dataSource={outcome.byUser}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 720 }}
        columns={[{ key: 'name', title: t('column.user'), render: (_, line) => <UserName id={line.user_id} /> }, ...columns((line: ReRateOutcome['byUser'][number]) => line.difference)]}
      />
    </>
  );
}

function Amount({ amount, currency }: { amount: string; currency: string }) {
  const { money } = useFormat();
  return <span className="numbers">{money(amount, currency)}</span>;
}
