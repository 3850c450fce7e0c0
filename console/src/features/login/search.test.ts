import { describe, expect, it } from 'vitest';
import { validateLoginSearch } from './search';

describe('where a login leads', () => {
  it.each(['/chat', '/usage?from=2026-01-01'])('keeps the own path %s', (next) => {
    expect(validateLoginSearch({ next })).toEqual({ next });
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', 7])('drops %s', (next) => {
    expect(validateLoginSearch({ next })).toEqual({});
  });
});
