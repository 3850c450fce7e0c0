import { dataOf } from './api';

/** A page of a list. The generator loses what the rows are, so the caller names it. */
export interface Page<T> {
  data: T[];
  total: number;
  page: number;
  page_size: number;
}

/** A part of a log that is read on from where the last one ended. */
export interface Part<T> {
  data: T[];
  has_more: boolean;
  next: string | null;
}

export async function pageOf<T>(answer: Promise<{ data?: unknown; response: Response }>): Promise<Page<T>> {
  return (await dataOf(answer)) as Page<T>;
}

export const PAGE_SIZE = 20;
/** What the server gives at most in one page. */
export const LARGEST_PAGE = 200;

/** Every row of a list, page after page; for lists that are short by nature (models, budgets), `most` pages at the most. */
export async function allPages<T>(load: (page: number) => Promise<Page<T>>, most = 10): Promise<T[]> {
  const rows: T[] = [];
  for (let page = 1; page <= most; page += 1) {
    const { data, total } = await load(page);
    rows.push(...data);
    if (rows.length >= total || data.length === 0) {
      break;
    }
  }
  return rows;
}
