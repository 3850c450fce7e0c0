import { cleaned } from '@/lib/cleaned';
import { textParam, type RawSearch } from '@/lib/search';

export interface ReconciliationSearch {
  /** Which comparison is open. */
  id?: string;
}

export function validateReconciliationSearch(raw: RawSearch): ReconciliationSearch {
  return cleaned({ id: textParam(raw, 'id') }) as ReconciliationSearch;
}
