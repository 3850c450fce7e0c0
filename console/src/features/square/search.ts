import { choiceParam, textParam, type RawSearch } from '@/lib/search';

export const TYPES = ['text', 'image', 'audio', 'video', 'embedding', 'rerank'] as const;
export type ModelType = (typeof TYPES)[number];

export interface SquareSearch {
  q?: string;
  provider?: string;
  type?: ModelType;
  /** Only models that see images. */
  vision?: true;
  /** The model whose details are open. */
  model?: string;
}

export function validateSquareSearch(raw: RawSearch): SquareSearch {
  const q = textParam(raw, 'q');
  const provider = textParam(raw, 'provider');
  const type = choiceParam(raw, 'type', TYPES);
  const model = textParam(raw, 'model');
  const vision = raw['vision'] === true || raw['vision'] === 'true';
  return {
    ...(q === undefined ? {} : { q }),
    ...(provider === undefined ? {} : { provider }),
    ...(type === undefined ? {} : { type }),
    ...(vision ? { vision } : {}),
    ...(model === undefined ? {} : { model }),
  };
}
