import { useQuery } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type ProviderPreset = Control['ProviderPreset'];

/** Providers that the product knows by name. They do not change while it runs. */
export function useProviderPresets() {
  return useQuery({
    queryKey: ['provider-presets'],
    queryFn: async () => (await dataOf(control.GET('/api/v1/provider-presets'))).data,
    staleTime: Infinity,
  });
}
