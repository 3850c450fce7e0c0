import { useMutation } from '@tanstack/react-query';
import { control, dataOf, type Control } from '@/lib/api';
import { useRefreshModels, type Model } from './models';

export type ModelFields = Control['ModelFields'];
export type NewModel = ModelFields & Required<Pick<ModelFields, 'name' | 'model_id' | 'provider' | 'type' | 'base_url'>> & { price_from_catalogue?: boolean };

export interface ModelChange {
  id: string;
  /** The version that the change was made on; without it, any. */
  version?: number;
  fields: ModelFields;
}

function tag(version: number | undefined): { header?: { 'if-match': string } } {
  return version === undefined ? {} : { header: { 'if-match': `"${version}"` } };
}

export function createModel(body: NewModel): Promise<Model> {
  return dataOf(control.POST('/api/v1/llm-models', { body }));
}

export function changeModel({ id, version, fields }: ModelChange): Promise<Model> {
  return dataOf(control.PUT('/api/v1/llm-models/{id}', { params: { path: { id }, ...tag(version) }, body: fields }));
}

export function deleteModel({ id, version }: { id: string; version?: number }): Promise<void> {
  return dataOf(control.DELETE('/api/v1/llm-models/{id}', { params: { path: { id }, ...tag(version) } }));
}

/** A change of models of the given kind; every list and every model is read again afterwards, also when it failed. */
function useModelMutation<V, R>(mutationFn: (variables: V) => Promise<R>) {
  return useMutation({ mutationFn, onSettled: useRefreshModels() });
}

export const useCreateModel = () => useModelMutation(createModel);
export const useChangeModel = () => useModelMutation(changeModel);
export const useDeleteModel = () => useModelMutation(deleteModel);
