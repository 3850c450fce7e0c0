import type { Control } from './api';

export type RateCard = NonNullable<Control['RateCard']>;
export type PriceFields = Control['PriceFields'];

/** The classes of tokens that a price can tell apart, the plain ones first. */
export const RATE_CLASSES = ['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'reasoning', 'audio_in', 'audio_out', 'image_in'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];
/** What is counted by the piece. */
export const UNITS = ['requests', 'images', 'seconds', 'searches'] as const;
export type Unit = (typeof UNITS)[number];

type Typed<K extends string> = Partial<Record<K, string | undefined>>;

export interface TierValues {
  service_tier?: string | undefined;
  above_input_tokens?: number | null | undefined;
  by: 'rates' | 'multiplier';
  rates?: Typed<RateClass> | undefined;
  multiplier?: string | undefined;
}

/** A price as a form holds it; amounts stay the text that was typed. */
export interface CardValues {
  currency: 'USD' | 'CNY';
  rates: Typed<RateClass>;
  tiers: TierValues[];
  units: Typed<Unit>;
  note: string;
}

export const EMPTY_CARD: CardValues = { currency: 'USD', rates: {}, tiers: [], units: {}, note: '' };

/** A price as somebody typed or pasted it: 1,000.5 and full-width digits are one. Null where there is none. */
export function amountOf(text: string | null | undefined): string | null {
  const plain = (text ?? '').normalize('NFKC').replaceAll(',', '').trim();
  return plain === '' ? null : plain;
}

/** What the server takes: not negative, at most nine decimal places. */
export function isAmount(text: string | null | undefined): boolean {
  const amount = amountOf(text);
  return amount === null || /^\d{1,10}(\.\d{1,9})?$/.test(amount);
}

export function cardValues(card: RateCard | null): CardValues {
  if (card === null) {
    return EMPTY_CARD;
  }
  return {
    currency: card.currency,
    rates: { ...card.rates },
    tiers: card.tiers.map(({ service_tier, above_input_tokens, rates }) => ({ service_tier, above_input_tokens, by: 'rates' as const, rates: { ...rates } })),
    units: { ...card.units },
    note: '',
  };
}

/** The form as the request for a new version, which begins now where no moment is given. */
export function priceRequest(values: CardValues, effectiveFrom: string | null): PriceFields {
  const units = given(values.units ?? {}, UNITS);
  const tiers = (values.tiers ?? []).map((tier) => ({
    ...(tier.service_tier === undefined || tier.service_tier.trim() === '' ? {} : { service_tier: tier.service_tier.trim() }),
    ...(tier.above_input_tokens === null || tier.above_input_tokens === undefined ? {} : { above_input_tokens: tier.above_input_tokens }),
    ...(tier.by === 'multiplier' ? { multiplier: amountOf(tier.multiplier) ?? '' } : { rates: given(tier.rates ?? {}, RATE_CLASSES) as { input: string; output: string } }),
  }));
  const note = (values.note ?? '').trim();
  return {
    currency: values.currency,
    rates: given(values.rates, RATE_CLASSES) as { input: string; output: string },
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(Object.keys(units).length === 0 ? {} : { units }),
    ...(effectiveFrom === null ? {} : { effective_from: effectiveFrom }),
    ...(note === '' ? {} : { note }),
  };
}

function given<K extends string>(typed: Typed<K>, names: readonly K[]): Partial<Record<K, string>> {
  return Object.fromEntries(names.map((name) => [name, amountOf(typed[name])] as const).filter(([, amount]) => amount !== null)) as Partial<Record<K, string>>;
}

/** More than an input and an output price. */
export function isWhole(card: RateCard | null): boolean {
  return card !== null && (card.tiers.length > 0 || Object.keys(card.rates).length > 2 || Object.keys(card.units).length > 0);
}

/** `tiers[0].rates.input` as the way through a form's values. */
export function pathOf(param: string): (string | number)[] {
  return param
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
