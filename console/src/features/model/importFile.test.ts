import { describe, expect, it } from 'vitest';
import { parseImport, withShared } from './importFile';

describe('a file of models', () => {
  it('is a list', () => {
    expect(parseImport('[{"model_id":"a"}]')).toEqual({ ok: true, file: { models: [{ model_id: 'a' }] } });
  });

  it('shares what stands beside the list', () => {
    const parsed = parseImport('{"provider":"p","models":[{"model_id":"a"},{"model_id":"b","provider":"q"}]}');
    expect(parsed.ok && withShared(parsed.file).map(({ provider }) => provider)).toEqual(['p', 'q']);
  });

  it.each([
    ['no json', 'json'],
    ['{"model":[]}', 'shape'],
    ['[1]', 'shape'],
    ['null', 'shape'],
    ['[]', 'empty'],
    [JSON.stringify(Array.from({ length: 201 }, () => ({}))), 'many'],
  ])('%.20s is refused', (text, reason) => expect(parseImport(text)).toEqual({ ok: false, reason }));
});
