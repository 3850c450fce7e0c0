/* eslint-disable no-restricted-globals -- a lease between tabs, no credential */

const LEASE = 'jarvis.lease';
const LEASE_MS = 5_000;

/**
 * Runs `work` in one tab of this browser at a time. A refresh token works once, so two tabs must never use the same one.
 * Web Locks exist in secure contexts only; elsewhere a lease in localStorage does, good enough between people's clicks.
 */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && 'locks' in navigator) {
    return navigator.locks.request('jarvis.session', work);
  }
  const own = crypto.getRandomValues(new Uint32Array(2)).join('-');
  await leased(own);
  try {
    return await work();
  } finally {
    if (localStorage.getItem(LEASE)?.startsWith(own) === true) {
      localStorage.removeItem(LEASE);
    }
  }
}

async function leased(own: string): Promise<void> {
  for (;;) {
    const [, until] = (localStorage.getItem(LEASE) ?? ' 0').split(' ');
    if (Number(until) < Date.now()) {
      localStorage.setItem(LEASE, `${own} ${Date.now() + LEASE_MS}`);
      await pause(30);
      if (localStorage.getItem(LEASE)?.startsWith(own) === true) {
        return;
      }
    }
    await pause(50);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
