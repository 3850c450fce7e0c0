import { cleaned } from '@/lib/cleaned';
import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface TeamSearch {
  q?: string;
  page?: number;
  /** Which team's members are open. */
  team?: string;
}

export function validateTeamSearch(raw: RawSearch): TeamSearch {
  return cleaned({ q: textParam(raw, 'q'), page: pageParam(raw), team: textParam(raw, 'team') }) as TeamSearch;
}
