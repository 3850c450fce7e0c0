import { QueryClient } from '@tanstack/react-query';
import { asApiError } from './errors';

/** How often a page in view asks again: a change or an outage shows without a reload. Nothing is asked in the background. */
export const LIVE_MS = 5_000;

/**
 * Whether what was asked for is not to be shown: it never came, or is gone or forbidden now. That the server does not answer for
 * a moment takes nothing away that was loaded, least of all what somebody is typing beside it.
 */
export function isLost<Q extends { error: unknown; data: unknown }>(query: Q): query is Q & { error: Error; data: undefined } {
  const { error, data } = query;
  return error !== null && (data === undefined || [403, 404].includes(asApiError(error).status));
}

/** Whether something in view could not be asked for again and may be out of date. */
export function isStale(): boolean {
  return queryClient
    .getQueryCache()
    .findAll({ type: 'active' })
    .some(({ state }) => state.fetchStatus === 'paused' || (state.status === 'error' && !isLost(state))); // paused: the browser knows of no network
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      refetchOnWindowFocus: true,
      // Only what may come right by itself is tried again; a refusal stays a refusal.
      retry: (failures, error) => failures < 2 && [0, 502, 503, 504].includes(asApiError(error).status),
    },
    mutations: { retry: false },
  },
});
