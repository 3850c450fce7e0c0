import { Card, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useOwnUsage, type OwnUsageLine, type OwnUsageQuestion } from '@/lib/ownUsage';
import { isLost } from '@/lib/query';

/** The sums of the period, each currency by itself. */
export function Totals({ question }: { question: OwnUsageQuestion }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const usage = useOwnUsage(question);
  if (isLost(usage)) {
    return <ErrorState error={usage.error} retry={() => void usage.refetch()} />;
  }
  const totals: OwnUsageLine[] = usage.data?.totals ?? [];
  const sum = (pick: (line: OwnUsageLine) => number) => totals.reduce((total, line) => total + pick(line), 0);
  const figure = (label: string, value: ReactNode) => (
    <Card className="usage-figure" key={label}>
      <div className="usage-figure-label">{label}</div>
      <div className="usage-figure-value numbers">{usage.isPending ? <Skeleton.Button active size="small" /> : value}</div>
    </Card>
  );
  return (
    <div className="usage-figures">
      {figure(t('cost'), totals.length === 0 ? format.money('0', null) : totals.map((line) => <div key={line.currency}>{format.money(line.cost, line.currency)}</div>))}
      {figure(t('calls'), format.count(sum((line) => line.requests)))}
      {figure(t('inputTokens'), format.compact(sum((line) => line.total_tokens - line.output_tokens - line.reasoning_tokens - line.audio_out_tokens)))}
      {figure(t('outputTokens'), format.compact(sum((line) => line.output_tokens + line.reasoning_tokens + line.audio_out_tokens)))}
      {sum((line) => line.estimated) > 0 && figure(t('estimated'), format.count(sum((line) => line.estimated)))}
    </div>
  );
}
