import type { OwnUsageLine } from '@/lib/ownUsage';
import type { Metric } from './search';

export interface Series {
  name: string;
  values: number[];
}

export interface Stack {
  times: string[];
  series: Series[];
}

/** So many models have a colour of their own; the rest is drawn as one. */
const MOST_SERIES = 7;

/** The number that is drawn. Money becomes a float here and only here: a bar is no account. */
export function valueOf(line: OwnUsageLine, metric: Metric): number {
  return metric === 'cost' ? Number(line.cost) : metric === 'tokens' ? line.total_tokens : line.requests;
}

/** A report by time and model as stacked bars of one currency, with every day or hour between the first and the last. */
export function stackOf(lines: OwnUsageLine[], times: string[], metric: Metric, currency: string | null, other: string): Stack {
  const wanted = lines.filter((line) => metric !== 'cost' || line.currency === currency);
  const totals = new Map<string, number>();
  for (const line of wanted) {
    const name = line.model ?? '–';
    totals.set(name, (totals.get(name) ?? 0) + valueOf(line, metric));
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const own = ranked.slice(0, ranked.length > MOST_SERIES + 1 ? MOST_SERIES : undefined);
  const names = own.length < ranked.length ? [...own, other] : own;
  const places = new Map(times.map((time, index) => [time, index]));
  const series = names.map((name) => ({ name, values: times.map(() => 0) }));
  for (const line of wanted) {
    const place = places.get(line.day ?? line.hour ?? '');
    const index = own.indexOf(line.model ?? '–');
    const values = series[index === -1 ? series.length - 1 : index]?.values;
    if (place !== undefined && values !== undefined) {
      values[place] = (values[place] ?? 0) + valueOf(line, metric);
    }
  }
  return { times, series };
}
