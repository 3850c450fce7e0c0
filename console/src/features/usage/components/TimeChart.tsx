import { Card, Segmented, Space } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '@/components/Chart';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/lib/format';
import { useOwnUsage, type OwnUsageQuestion } from '@/lib/ownUsage';
import { stackOf } from '../chart';
import { MOST_DAYS_BY_HOUR, type Period } from '../period';
import { METRICS, type Metric } from '../search';
import type { SearchChange } from '../UsagePage';

interface Props {
  question: OwnUsageQuestion;
  period: Period;
  metric: Metric;
  onChange: (change: SearchChange) => void;
}

/** Cost, tokens or calls over time, by model. */
export function TimeChart({ question, period, metric, onChange }: Props) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const usage = useOwnUsage(question);
  const currencies = usage.data?.totals.map((line) => line.currency) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = currencies.find((known) => known === chosen) ?? currencies[0] ?? null;
  const lines = usage.data?.data;
  const { from, to, by } = period;
  const option = useMemo(() => {
    const stack = stackOf(lines ?? [], period.times, metric, currency, t('otherModels'));
    const label = (time: string) => (by === 'hour' ? dayjs(time).format('MM-DD HH:mm') : dayjs(time).format('MM-DD'));
    const shown = (value: number) => (metric === 'cost' ? format.money(value.toFixed(9), currency) : format.compact(value));
    const built: ChartOption = {
      aria: { enabled: true },
      grid: { left: 8, right: 8, top: 12, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { show: stack.series.length > 1, type: 'scroll', bottom: 0 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value) => shown(Number(value)) },
      xAxis: { type: 'category', data: stack.times.map(label), axisTick: { show: false } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => shown(value) }, splitNumber: 4 },
      series: stack.series.map(({ name, values }) => ({ type: 'bar', stack: 'all', name, data: values, barMaxWidth: 28 })),
    };
    if (stack.series.length > 1) {
      built.grid = { left: 8, right: 8, top: 12, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
    }
    return built;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- times follow from the period; formatters from the language
  }, [lines, from, to, by, metric, currency, t]);

  return (
    <Card
      className="card-wraps"
      title={<h2 className="card-title">{t('overTime')}</h2>}
      extra={
        <Space wrap>
          {metric === 'cost' && currencies.length > 1 && <Segmented size="small" value={currency ?? ''} options={currencies} onChange={(value) => setChosen(String(value))} aria-label={t('currency')} />}
          <Segmented size="small" value={metric} options={METRICS.map((value) => ({ value, label: t(value) }))} onChange={(value) => onChange({ metric: value as Metric })} aria-label={t('shown')} />
          {period.times.length <= MOST_DAYS_BY_HOUR * 25 && dayjs(to).diff(dayjs(from), 'day') <= MOST_DAYS_BY_HOUR && (
            <Segmented size="small" value={by} options={(['day', 'hour'] as const).map((value) => ({ value, label: t(value) }))} onChange={(value) => onChange({ by: value as 'day' | 'hour' })} aria-label={t('step')} />
          )}
        </Space>
      }
    >
      {usage.data !== undefined && usage.data.data.length === 0 ? <EmptyState title={t('nothing')} description={t('nothingText')} /> : <Chart option={option} height={300} label={t('chartLabel', { what: t(metric) })} />}
    </Card>
  );
}
