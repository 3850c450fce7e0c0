import { expect, test } from 'vitest';
import { indented } from './indented';

test('JSON is indented', () => {
  expect(indented('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
});

test.each(['data: [DONE]', '{"a":"cut he', ''])('%j stays as it is', (text) => {
  expect(indented(text)).toBe(text);
});
