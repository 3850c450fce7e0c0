import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { LIVE_MS } from '@/lib/query';

export type ExchangeRate = Control['ExchangeRate'];

export interface NewExchangeRate {
  from: 'USD' | 'CNY';
  to: 'USD' | 'CNY';
  rate: string;
  effective_from?: string;
  source?: string;
}

const KEY = ['exchange-rates'];

export function useExchangeRates() {
  return useQuery({ queryKey: KEY, queryFn: async () => (await dataOf(control.GET('/api/v1/exchange-rates'))).data, refetchInterval: LIVE_MS });
}

export function useSetExchangeRate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExchangeRate) => dataOf(control.PUT('/api/v1/exchange-rates', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
