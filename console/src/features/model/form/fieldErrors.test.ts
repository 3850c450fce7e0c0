import { expect, it } from 'vitest';
import { ApiError } from '@/lib/errors';
import { fieldOf } from './fieldErrors';
import { isGiven } from './mapping';
import { NEW_KEY, NEW_MODEL } from './values';

const values = { ...NEW_MODEL, auth_kind: 'header' as const, api_keys: [NEW_KEY, { ...NEW_KEY, key: 'sk-a' }, { ...NEW_KEY, key: 'sk b' }] };
const sent = (line: number) => isGiven(values.api_keys[line] ?? NEW_KEY);

it.each([
  ['base_url', ['base_url']],
  ['auth_type', ['auth_name']],
  ['api_keys[1].key', ['api_keys', 2, 'key']],
  ['api_keys[0].weight', ['api_keys', 1, 'weight']],
  ['api_keys[7].key', null],
  ['api_keys', null],
  ['nonsense', null],
])('a refusal of %s belongs to %j', (param, field) => {
  expect(fieldOf(new ApiError(400, { code: 'invalid_value', param }), values, sent)).toEqual(field);
});
