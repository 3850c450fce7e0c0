import { useMutation, useQueryClient } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';

export type PriceImport = Control['PriceImport'];

export interface PriceList {
  /** As it was read from the file: numbers do not pass through ours. `{}` for the shipped catalogue. */
  text: string;
  format?: 'litellm' | 'models_dev' | 'catalogue';
}

/** Shows what a list would change, or changes it. */
export function useImportPrices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ list, apply }: { list: PriceList; apply: boolean }) =>
      dataOf(
        control.POST('/api/v1/prices/import', {
          params: { query: { dry_run: apply ? 'false' : 'true', ...(list.format === undefined ? {} : { format: list.format }) } },
          body: list.text as unknown as Record<string, never>,
          bodySerializer: (text: unknown) => String(text),
          headers: { 'content-type': 'application/json' },
        }),
      ),
    onSuccess: (done) =>
      done.dry_run ? undefined : Promise.all([queries.invalidateQueries({ queryKey: ['llm-models'] }), queries.invalidateQueries({ queryKey: ['model-prices'] })]),
  });
}
