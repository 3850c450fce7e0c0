import { choiceParam, pageParam, sizeParam, textParam, type RawSearch } from '@/lib/search';
import { MODEL_TYPES, type ModelTypeCode } from './types';

export const MODEL_STATUSES = ['enabled', 'disabled', 'inactive'] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];

export const MODEL_SORTS = ['name', '-name', 'model_id', '-model_id', 'provider', '-provider', 'created_at', '-created_at', 'updated_at', '-updated_at'] as const;
export type ModelSort = (typeof MODEL_SORTS)[number];

/** What of the list is shown; all of it is in the address, so that a view can be kept and sent. */
export interface ModelSearch {
  q?: string;
  provider?: string;
  type?: ModelTypeCode;
  status?: ModelStatus;
  sort?: ModelSort;
  page?: number;
  page_size?: number;
}

export function validateModelSearch(raw: RawSearch): ModelSearch {
  return defined({
    q: textParam(raw, 'q'),
    provider: textParam(raw, 'provider'),
    type: choiceParam(raw, 'type', MODEL_TYPES.map(({ code }) => code)),
    status: choiceParam(raw, 'status', MODEL_STATUSES),
    sort: choiceParam(raw, 'sort', MODEL_SORTS),
    page: pageParam(raw),
    page_size: sizeParam(raw),
  });
}

export interface NewModelSearch {
  /** The id of a model to begin with a copy of. */
  from?: string;
}

export function validateNewModelSearch(raw: RawSearch): NewModelSearch {
  return defined({ from: textParam(raw, 'from') });
}

/** Without what is not set: such parameters do not appear in the address. */
export function defined<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
