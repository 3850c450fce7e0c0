import type { CallableModel } from '@/lib/callableModels';

type RateCard = NonNullable<CallableModel['price']>;

export interface PriceTable {
  key: string;
  /** What the prices are for: null for the usual ones. */
  tier: { service_tier?: string; above_input_tokens?: number } | null;
  unit: 'million' | 'one';
  rows: { what: string; amount: string }[];
}

/** A price card as tables: the usual rates, those of each tier, and what is charged by the piece. */
export function priceTables(card: RateCard): PriceTable[] {
  const rows = (rates: object) => Object.entries(rates as Record<string, string>).map(([what, amount]) => ({ what, amount }));
  const tables: PriceTable[] = [
    { key: 'rates', tier: null, unit: 'million', rows: rows(card.rates) },
    ...card.tiers.map((tier, index): PriceTable => {
      const { rates, ...when } = tier;
      return { key: `tier-${index}`, tier: when, unit: 'million', rows: rows(rates) };
    }),
    { key: 'units', tier: null, unit: 'one', rows: rows(card.units) },
  ];
  return tables.filter((table) => table.rows.length > 0);
}
