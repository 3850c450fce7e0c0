import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ComposeOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { BarSeriesOption, LineSeriesOption, PieSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import { useEffect, useRef } from 'react';
import { useAppearance } from '@/lib/appearance';

register([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | PieSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

const LIGHT = ['#0b6680', '#d97b29', '#5b7f3b', '#8157a8', '#c0456b', '#3f7fbf', '#8a6d1f', '#4f6470'];
const DARK = ['#45b8d2', '#efa45b', '#8fbf6a', '#b592dd', '#ec7f9d', '#78b3ea', '#cdb05a', '#93a8b5'];

/**
 * A chart as large as its place. Tooltips are drawn, not HTML: what a user or provider named a thing never becomes markup.
 * `onPick` is told the place of what was clicked; the same must be possible by keyboard elsewhere.
 * `label` is what a screen reader says; give the numbers as a table as well where they matter.
 */
export function Chart({ option, height = 260, label, onPick }: { option: ChartOption; height?: number; label: string; onPick?: (index: number) => void }) {
  const { isDark } = useAppearance();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    if (place.current === null) {
      return undefined;
    }
    const created = init(place.current, isDark ? 'dark' : undefined);
    chart.current = created;
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, [isDark]);

  useEffect(() => {
    const drawn = chart.current;
    const pick = ({ dataIndex }: { dataIndex: number }) => onPick?.(dataIndex);
    drawn?.on('click', pick);
    return () => {
      if (drawn?.isDisposed() === false) {
        drawn.off('click', pick);
      }
    };
  }, [onPick, isDark]);

  useEffect(() => {
    chart.current?.setOption(
      { backgroundColor: 'transparent', color: isDark ? DARK : LIGHT, animationDuration: 250, ...option, tooltip: { renderMode: 'richText', ...option.tooltip } },
      { notMerge: true },
    );
  }, [option, isDark]);

  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
