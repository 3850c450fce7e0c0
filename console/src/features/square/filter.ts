import type { CallableModel } from '@/lib/callableModels';
import type { SquareSearch } from './search';

/** The models that fit what was searched: every word somewhere in the id, name, provider or description. */
export function matching(models: CallableModel[], { q, provider, type, vision }: SquareSearch): CallableModel[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
  return models.filter((model) => {
    const text = `${model.model_id} ${model.name} ${model.provider} ${model.description}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (provider === undefined || model.provider === provider) &&
      (type === undefined || model.type_code === type) &&
      (vision !== true || model.supports_vision)
    );
  });
}
