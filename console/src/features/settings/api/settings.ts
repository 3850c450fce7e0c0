import { useQuery } from '@tanstack/react-query';
import { authorizedFetch } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export interface Settings {
  version: string;
  started_at: string;
  uptime_seconds: number;
  node_id: string;
  listen: string;
  public_url: string | null;
  database: { kind: 'built_in' | 'external'; address: string; version: string; size_bytes: number; migration: number };
  redis: { configured: boolean; problem: string | null };
  limits: Record<
    | 'max_body_bytes'
    | 'journal_max_bytes'
    | 'journal_keep_free_bytes'
    | 'upstream_connect_seconds'
    | 'upstream_first_byte_seconds'
    | 'upstream_idle_seconds'
    | 'client_write_seconds'
    | 'request_seconds'
    | 'drain_seconds',
    number
  >;
  usage_retention_days: number | null;
  settle: 'write' | 'fsync' | 'postgres';
  client_gone: 'drain' | 'cancel';
  upstream_allow: string[];
  nodes: { id: string; name: string; seen_at: string; live: boolean }[];
}

/** What this installation is and how it was started; nothing in it is a secret. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: async () => (await (await authorizedFetch('/api/v1/settings')).json()) as Settings,
    refetchInterval: (query) => (query.state.status === 'error' ? false : LIVE_MS),
  });
}
