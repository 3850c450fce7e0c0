import { describe, expect, it } from 'vitest';
import type { Model } from '../api/models';
import { changedFields, changeTrials, copyOf, creation, difference, joinAuth, merged, splitAuth, trials, valuesOf } from './mapping';
import { NEW_MODEL } from './values';

const healthy = { state: 'healthy', reason_code: null, reason: null, since: null, until: null } as const;
const MODEL: Model = {
  id: '01900000-0000-7000-8000-000000000000',
  name: 'GPT-5',
  model_id: 'gpt-5',
  provider: 'openai',
  type: '文本',
  type_code: 'text',
  description: '',
  status: 'enabled',
  base_url: 'https://api.example.com/v1',
  auth_type: 'header:x-goog-api-key',
  key_usage_mode: 'round_robin',
  api_keys: [
    { id: 'key-1', name: 'first', hint: '0001', status: 'enabled', weight: 1, health: healthy, last_used_at: null },
    { id: 'key-2', name: '', hint: '0002', status: 'disabled', weight: 3, health: healthy, last_used_at: null },
  ],
  upstream_model: null,
  supports_vision: true,
  max_tokens: 4096,
  context_window: 128000,
  input_price: '1.25',
  output_price: '10',
  currency: 'USD',
  price_version: 1,
  price: { currency: 'USD', rates: { input: '1.25', output: '10' }, tiers: [], units: {} },
  rpm_limit: null,
  tpm_limit: null,
  built_in: false,
  version: 3,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  warnings: [],
};

describe('a form of a model that nobody touched', () => {
  it('changes nothing, however its type was written', () => {
    expect(difference(valuesOf(MODEL), valuesOf(MODEL))).toEqual({});
  });
});

describe('the difference', () => {
  const before = valuesOf(MODEL);

  it('is only what was changed', () => {
    expect(difference(before, { ...before, name: ' GPT-5 new ', rpm_limit: 60 })).toEqual({ name: 'GPT-5 new', rpm_limit: 60 });
  });

  it('takes an emptied field as none', () => {
    expect(difference(before, { ...before, max_tokens: null })).toEqual({ max_tokens: null });
  });

  it('sends the whole list of keys, those that stay by their id and without a key', () => {
    const api_keys = [...before.api_keys, { key: 'sk-new', name: 'third', enabled: true, weight: 2 }];
    expect(difference(before, { ...before, api_keys })).toEqual({
      api_keys: [
        { id: 'key-1', name: 'first', status: 'enabled', weight: 1 },
        { id: 'key-2', name: '', status: 'disabled', weight: 3 },
        { key: 'sk-new', name: 'third', status: 'enabled', weight: 2 },
      ],
    });
  });

  it('replaces a key under its id', () => {
    const api_keys = before.api_keys.map((key) => (key.id === 'key-1' ? { ...key, key: ' sk-replaced ' } : key));
    expect(difference(before, { ...before, api_keys }).api_keys?.[0]).toEqual({ id: 'key-1', key: 'sk-replaced', name: 'first', status: 'enabled', weight: 1 });
  });

  it('drops a line that was added and left empty', () => {
    const api_keys = [...before.api_keys, { key: ' ', name: 'nothing', enabled: true, weight: 1 }];
    expect(difference(before, { ...before, api_keys })).toEqual({});
  });

  it('removes all keys where none is wanted any more', () => {
    expect(difference(before, { ...before, auth_kind: 'none' })).toEqual({ auth_type: 'none', api_keys: [] });
  });

  it('sends the three parts of a price together', () => {
    expect(difference(before, { ...before, input_price: '2' })).toEqual({ input_price: '2', output_price: '10', currency: 'USD' });
  });
});

describe('a new model', () => {
  it('is the whole form, without a line for a key that is empty', () => {
    const request = creation({ ...NEW_MODEL, name: 'N', model_id: 'n', provider: 'p', base_url: 'https://h/v1', input_price: '1,000.5', output_price: '2' });
    expect(request).toMatchObject({ name: 'N', model_id: 'n', type: '生文', auth_type: 'api_key', input_price: '1000.5', output_price: '2', upstream_model: null });
    expect(request).not.toHaveProperty('api_keys');
  });

  it('takes the price from the catalogue in place of typed ones', () => {
    const request = creation({ ...NEW_MODEL, input_price: '1', output_price: '2', price_from_catalogue: true });
    expect(request.price_from_catalogue).toBe(true);
    expect(request).not.toHaveProperty('input_price');
  });

  it('is tried once with each key that is on, in the places that they have in the form', () => {
    const key = (text: string, enabled: boolean) => ({ key: text, name: '', enabled, weight: 1 });
    const tried = trials({ ...NEW_MODEL, api_keys: [key('a', true), key('', true), key('b', false), key('c', true)] });
    expect(tried.map((request) => request.api_keys?.map(({ key: sent, status }) => `${sent} ${status}`))).toEqual([
      ['a enabled', 'b disabled', 'c disabled'],
      ['a disabled', 'b disabled', 'c enabled'],
    ]);
    expect(trials({ ...NEW_MODEL, auth_kind: 'none' })).toHaveLength(1);
  });

  it('is tried with its changes and each sealed key that is on', () => {
    const before = valuesOf(MODEL);
    expect(changeTrials(before, { ...before, description: 'new' })).toEqual([{ description: 'new' }]);
    expect(changeTrials(before, { ...before, base_url: 'https://api.example.com/v2' })).toEqual([{ base_url: 'https://api.example.com/v2' }]);
    const bothOn = { ...before, api_keys: before.api_keys.map((key) => ({ ...key, enabled: true })) };
    expect(changeTrials(before, bothOn).map(({ api_keys }) => (api_keys ?? before.api_keys).map((key) => ('key' in key && key.key !== '' ? 'typed' : key.id)))).toEqual([
      ['key-1', 'key-2'],
      ['key-1', 'key-2'],
    ]);
  });

  it('begins as a copy without the id and the keys, which nobody can read', () => {
    expect(copyOf(MODEL, 'Copy')).toMatchObject({ name: 'Copy', model_id: '', upstream_model: 'gpt-5', api_keys: [], status: 'disabled' });
  });
});

describe('two people at one model', () => {
  const base = valuesOf(MODEL);
  const theirs = { ...base, name: 'Theirs', rpm_limit: 10 };

  it('see which fields differ', () => {
    expect(changedFields(base, theirs)).toEqual(['name', 'rpm_limit']);
  });

  it('keep both changes where they do not meet, and mine where they do', () => {
    const both = merged(base, { ...base, name: 'Mine', tpm_limit: 5 }, theirs);
    expect(both).toMatchObject({ name: 'Mine', rpm_limit: 10, tpm_limit: 5 });
  });
});

describe('auth_type', () => {
  it.each(['api_key', 'bearer', 'none', 'header:x-api-key', 'query:key'])('%s comes back as it was', (type) => {
    expect(joinAuth(...splitAuth(type))).toBe(type);
  });
});
