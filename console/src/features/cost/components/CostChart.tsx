import { Card } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '@/components/Chart';
import type { UsageLine } from '@/lib/usageReport';
import { isTime } from '../question';
import type { Group } from '../search';

const MOST_BARS = 12;

interface Props {
  lines: UsageLine[];
  by: Group;
  currency: string;
  nameOf: (line: UsageLine) => string;
  onPick: (line: UsageLine) => void;
}

/** Cost now and in the period before: over time, or of the dearest. */
export function CostChart({ lines, by, currency, nameOf, onPick }: Props) {
  const { t } = useTranslation('cost');
  const shown = useMemo(() => {
    const own = lines.filter((line) => line.currency === currency);
    return isTime(by) ? own : own.slice(0, MOST_BARS);
  }, [lines, by, currency]);
  const option = useMemo((): ChartOption => {
    const names = { type: 'category' as const, data: shown.map(nameOf), axisTick: { show: false }, axisLabel: { width: 150, overflow: 'truncate' as const } };
    const values = { type: 'value' as const, splitNumber: 4, axisLabel: { formatter: (value: number) => `${currency === 'CNY' ? '¥' : '$'}${+value.toPrecision(3)}` } };
    const radius = isTime(by) ? [3, 3, 0, 0] : [0, 3, 3, 0];
    return {
      grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: isTime(by) ? names : values,
      yAxis: isTime(by) ? values : { ...names, inverse: true },
      series: [
        // Lengths in a picture; sums are the server's.
        { name: t('figure.cost'), type: 'bar', barMaxWidth: 20, cursor: 'pointer', itemStyle: { borderRadius: radius }, data: shown.map((line) => Number(line.cost)) },
        { name: t('before'), type: 'bar', barMaxWidth: 20, itemStyle: { borderRadius: radius, opacity: 0.45, color: '#8a97a3' }, data: shown.map((line) => Number(line.previous?.cost ?? 0)) },
      ],
    };
  }, [shown, by, currency, nameOf, t]);
  const height = isTime(by) ? 260 : Math.max(160, 60 + shown.length * 44);
  return (
    <Card size="small" className="cost-section" title={t('chart', { by: t(`by.${by}`) })}>
      <Chart option={option} height={height} label={t('chart', { by: t(`by.${by}`) })} onPick={(index) => shown[index] !== undefined && onPick(shown[index])} />
    </Card>
  );
}
