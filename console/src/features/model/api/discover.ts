import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type Discovery = Control['Discovery'];
export type FoundModel = Discovery['data'][number];

export interface Connection {
  provider: string;
  base_url: string;
  auth_type: string;
  /** Empty where the provider wants none. */
  api_key: string;
}

/** Asks the provider for its own list of models, which also proves that address and key are right. */
export function useDiscover() {
  return useMutation({
    gcTime: 0, // the variables hold a key
    mutationFn: ({ provider, base_url, auth_type, api_key }: Connection) =>
      dataOf(control.POST('/api/v1/llm-models/discover', { body: { provider, base_url, auth_type, ...(api_key === '' ? {} : { api_key }) } })),
  });
}
