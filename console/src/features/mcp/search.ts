import { cleaned } from '@/lib/cleaned';
import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface McpSearch {
  q?: string;
  page?: number;
  /** Whose tools are open. */
  server?: string;
}

export function validateMcpSearch(raw: RawSearch): McpSearch {
  return cleaned({ q: textParam(raw, 'q'), page: pageParam(raw), server: textParam(raw, 'server') }) as McpSearch;
}
