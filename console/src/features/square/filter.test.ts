import { describe, expect, it } from 'vitest';
import type { CallableModel } from '@/lib/callableModels';
import { matching } from './filter';

const model = (id: string, change: Partial<CallableModel> = {}): CallableModel => ({
  id,
  model_id: id,
  name: id,
  provider: 'openai',
  type: '生文',
  type_code: 'text',
  description: '',
  bodies_logged: 'off',
  supports_vision: false,
  max_tokens: null,
  context_window: null,
  input_price: null,
  output_price: null,
  currency: null,
  price: null,
  ...change,
});
const models = [model('gpt-5'), model('qwen-vl', { provider: 'qwen', supports_vision: true, description: 'Sees pictures' }), model('bge', { type_code: 'embedding' })];
const ids = (search: Parameters<typeof matching>[1]) => matching(models, search).map((found) => found.model_id);

describe('the model square', () => {
  it('shows everything without a filter', () => expect(ids({})).toEqual(['gpt-5', 'qwen-vl', 'bge']));
  it('finds every word, wherever it stands', () => expect(ids({ q: 'PICTURES qwen' })).toEqual(['qwen-vl']));
  it('filters by provider', () => expect(ids({ provider: 'qwen' })).toEqual(['qwen-vl']));
  it('filters by type', () => expect(ids({ type: 'embedding' })).toEqual(['bge']));
  it('filters by what sees images', () => expect(ids({ vision: true })).toEqual(['qwen-vl']));
  it('needs all filters to hold', () => expect(ids({ vision: true, provider: 'openai' })).toEqual([]));
});
