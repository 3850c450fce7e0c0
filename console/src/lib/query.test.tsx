// @vitest-environment jsdom
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { LIVE_MS, queryClient } from './query';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  show('visible');
});

function show(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

const page = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;

it('a page in view asks again and again, a hidden one never, and one that is looked at again at once', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(() => Promise.resolve('news'));
  renderHook(() => useQuery({ queryKey: ['live'], queryFn: ask, refetchInterval: LIVE_MS }), { wrapper: page });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

  await pass(3 * LIVE_MS);
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3);

  act(() => show('hidden'));
  ask.mockClear();
  await pass(3_600_000);
  expect(ask).not.toHaveBeenCalled();

  act(() => show('visible'));
  await pass(1);
  expect(ask).toHaveBeenCalledTimes(1);
});
