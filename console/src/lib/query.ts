import { QueryClient } from '@tanstack/react-query';
import { asApiError } from './errors';

/** How often a page in view asks again: a change or an outage shows without a reload. Nothing is asked in the background. */
export const LIVE_MS = 5_000;

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
