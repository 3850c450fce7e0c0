import { QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiError } from './errors';
import { isLost, isStale, LIVE_MS, queryClient } from './query';

// As much of a window as decides whether somebody looks at it.
vi.hoisted(() => {
  const target = new EventTarget();
  Object.assign(globalThis, { window: target, document: { visibilityState: 'visible' } });
});

function show(visibilityState: DocumentVisibilityState): void {
  Object.assign(document, { visibilityState });
  window.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => {
  vi.useRealTimers();
  show('visible');
});

it('a page in view asks again and again, a hidden one never, and one that is looked at again at once', async () => {
  vi.useFakeTimers();
  queryClient.mount(); // as the provider of the pages does
  const ask = vi.fn(() => Promise.resolve('news'));
  const leave = new QueryObserver(queryClient, { queryKey: ['live'], queryFn: ask, refetchInterval: LIVE_MS }).subscribe(() => undefined);

  await vi.advanceTimersByTimeAsync(3 * LIVE_MS);
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3);

  show('hidden');
  ask.mockClear();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(ask).not.toHaveBeenCalled();

  show('visible');
  await vi.advanceTimersByTimeAsync(1);
  expect(ask).toHaveBeenCalledTimes(1);
  leave();
  queryClient.unmount();
});

it('takes nothing away because the server does not answer for a moment, and all that is gone or forbidden', () => {
  expect(isLost({ error: null, data: undefined })).toBe(false);
  expect(isLost({ error: new ApiError(503, {}), data: undefined })).toBe(true);
  expect(isLost({ error: new ApiError(503, {}), data: 'loaded' })).toBe(false);
  expect(isLost({ error: new ApiError(404, {}), data: 'loaded' })).toBe(true);
});

it('is stale while it cannot be asked for again, and not where nothing is in view', () => {
  queryClient.setQueryData(['seen'], 'loaded');
  const query = queryClient.getQueryCache().find({ queryKey: ['seen'] });
  query?.setState({ status: 'error', error: new ApiError(503, {}) });
  expect(isStale()).toBe(false);

  const leave = new QueryObserver(queryClient, { queryKey: ['seen'], queryFn: () => 'news', enabled: true, refetchOnMount: false }).subscribe(() => undefined);
  query?.setState({ status: 'error', error: new ApiError(503, {}) });
  expect(isStale()).toBe(true);
  query?.setState({ status: 'success', error: null, fetchStatus: 'paused' });
  expect(isStale()).toBe(true);
  query?.setState({ fetchStatus: 'idle' });
  expect(isStale()).toBe(false);
  leave();
});
