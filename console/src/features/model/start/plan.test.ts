import { describe, expect, it } from 'vitest';
import type { FoundModel } from '../api/discover';
import { creationOf, firstChoice, firstToChatWith, matches, typedModel, unpricedOf, USUAL_OUTPUT } from './plan';

const PRICE = { currency: 'USD', rates: { input: '1', output: '2' }, tiers: [], units: {} } as const;
function found(id: string, rest: Partial<FoundModel> = {}): FoundModel {
  return { ...typedModel(id), ...rest };
}

describe('what is chosen at first', () => {
  it('is all of a short list that is not here yet', () => {
    expect(firstChoice([found('a'), found('b', { llm_model_id: 'id' }), found('c', { type: 'embedding' })])).toEqual(['a', 'c']);
  });

  it('is what writes text and has a price, of a long one', () => {
    const many = Array.from({ length: 30 }, (_, index) => found(`m${index}`, index < 3 ? { price: { ...PRICE, tiers: [] } } : {}));
    expect(firstChoice([...many, found('e', { type: 'embedding', price: { ...PRICE, tiers: [] } })])).toEqual(['m0', 'm1', 'm2']);
  });
});

describe('the request', () => {
  const connection = { provider: 'deepseek', base_url: 'https://h/v1', auth_type: 'bearer', api_key: 'sk-1' };

  it('shares address and key, and takes prices where the catalogue has them', () => {
    const request = creationOf(connection, [found('chat', { price: { ...PRICE, tiers: [] }, context_window: 1000, supports_vision: true }), found('plain')], null);
    expect(request).toMatchObject({ provider: 'deepseek', base_url: 'https://h/v1', auth_type: 'bearer', api_keys: [{ key: 'sk-1', status: 'enabled' }] });
    expect(request.models).toEqual([
      { model_id: 'chat', name: 'chat', type: '生文', price_from_catalogue: true, context_window: 1000, supports_vision: true },
      { model_id: 'plain', name: 'plain', type: '生文' },
    ]);
  });

  it('has no key where none is wanted', () => {
    expect(creationOf({ ...connection, auth_type: 'none', api_key: '' }, [found('a')], null)).not.toHaveProperty('api_keys');
  });

  it('keeps a name that no caller could write as the name of the provider', () => {
    expect(creationOf(connection, [found('My model (v2)')], null).models[0]).toMatchObject({ model_id: 'My-model--v2-', upstream_model: 'My model (v2)' });
  });
});

it('says how long an answer of text may be, where the provider does not', () => {
  const chosen = [found('plain'), found('long', { max_tokens: 64_000 }), found('embed', { type: 'embedding' })];
  const { models } = creationOf({ provider: 'p', base_url: 'https://h/v1', auth_type: 'none', api_key: '' }, chosen, USUAL_OUTPUT);

  expect(models.map(({ max_tokens }) => max_tokens)).toEqual([USUAL_OUTPUT, 64_000, undefined]);
});

it('counts what was added without a price', () => {
  const all = [found('priced', { price: { ...PRICE, tiers: [] } }), found('My model (v2)'), found('failed')];

  expect(unpricedOf(['priced', 'My-model--v2-'], all)).toBe(1);
  expect(unpricedOf(['priced'], all)).toBe(0);
});

it('begins the chat with what writes text', () => {
  expect(firstToChatWith(['embed', 'chat'], [found('embed', { type: 'embedding' }), found('chat')])).toBe('chat');
  expect(firstToChatWith([], [])).toBeUndefined();
});

it('finds by all words, in any case', () => {
  expect(matches('DeepSeek 深度求索 deepseek', 'deep 求索')).toBe(true);
  expect(matches('DeepSeek', 'open')).toBe(false);
});
