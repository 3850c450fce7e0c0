import type { Control } from '@/lib/api';

export type ProviderKey = Control['ProviderKey'];

export interface KeysSummary {
  /** Keys that are switched on. */
  inUse: number;
  /** Of them, those that can be called now. */
  healthy: number;
  /** Of them, those that cannot, the longest out first. */
  out: ProviderKey[];
  verdict: 'none' | 'healthy' | 'degraded' | 'down';
}

/** A model's keys at a glance. A key that is switched off is nobody's trouble. */
export function summaryOf(keys: ProviderKey[]): KeysSummary {
  const used = keys.filter((key) => key.status === 'enabled');
  const out = used.filter((key) => key.health.state !== 'healthy').sort((a, b) => (a.health.since ?? '').localeCompare(b.health.since ?? ''));
  const healthy = used.length - out.length;
  const verdict = used.length === 0 ? 'none' : out.length === 0 ? 'healthy' : healthy === 0 ? 'down' : 'degraded';
  return { inUse: used.length, healthy, out, verdict };
}

/** How a key is called on a page: by its name, else by its last four characters. */
export function keyTitle(key: { name: string; hint: string }): string {
  return key.name === '' ? `…${key.hint}` : key.name;
}
