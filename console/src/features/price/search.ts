import { choiceParam, pageParam, textParam, type RawSearch } from '@/lib/search';

export const PRICE_TABS = ['models', 'catalogue', 'import', 'exchange', 'rerate'] as const;
export type PriceTab = (typeof PRICE_TABS)[number];

export interface PriceSearch {
  tab?: PriceTab;
  q?: string;
  page?: number;
  /** Of the model whose price is open. */
  model?: string;
}

export function validatePriceSearch(raw: RawSearch): PriceSearch {
  const tab = choiceParam(raw, 'tab', PRICE_TABS);
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  const model = textParam(raw, 'model');
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(q === undefined ? {} : { q }),
    ...(page === undefined ? {} : { page }),
    ...(model === undefined ? {} : { model }),
  };
}
