import { Card, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '@/components/Chart';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { isLost } from '@/lib/query';
import { useUsageReport, type UsageQuestion } from '@/lib/usageReport';
import { pointsOf } from '../trend';

interface Props {
  question: UsageQuestion;
  step: 'hour' | 'day';
}

/** Cost as bars, requests and those that failed as lines, by hour or by day. */
export function Trend({ question, step }: Props) {
  const { t, i18n } = useTranslation('overview');
  const report = useUsageReport({ ...question, group_by: step });
  const { currency, tz } = question;
  const option = useMemo((): ChartOption | null => {
    if (report.data === undefined) {
      return null;
    }
    const points = pointsOf(report.data, step, currency ?? 'USD', tz, i18n.language === 'zh' ? 'zh-CN' : 'en-US');
    return {
      grid: { left: 8, right: 8, top: 40, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: points.map((point) => point.label), axisTick: { show: false } },
      yAxis: [
        { type: 'value', name: '', splitNumber: 4, axisLabel: { formatter: (value: number) => `${currency === 'CNY' ? '¥' : '$'}${+value.toPrecision(3)}` } },
        { type: 'value', name: '', splitNumber: 4, splitLine: { show: false }, minInterval: 1 },
      ],
      series: [
        { name: t('figure.cost'), type: 'bar', data: points.map((point) => point.cost), barMaxWidth: 22, itemStyle: { borderRadius: [3, 3, 0, 0] } },
        { name: t('figure.requests'), type: 'line', yAxisIndex: 1, data: points.map((point) => point.requests), showSymbol: false, smooth: 0.2 },
        { name: t('failed'), type: 'line', yAxisIndex: 1, data: points.map((point) => point.failed), showSymbol: false, smooth: 0.2, itemStyle: { color: '#c0456b' } },
      ],
    };
  }, [report.data, step, currency, tz, t, i18n.language]);

  const body = () => {
    if (isLost(report)) {
      return <ErrorState error={report.error} retry={() => void report.refetch()} />;
    }
    if (option === null) {
      return <Skeleton active paragraph={{ rows: 6 }} />;
    }
    return report.data?.data.length === 0 ? <EmptyState title={t('noCalls')} description={t('noCallsHint')} /> : <Chart option={option} height={280} label={t(`trend.${step}`)} />;
  };
  return (
    <Card size="small" title={t(`trend.${step}`)}>
      {body()}
    </Card>
  );
}
