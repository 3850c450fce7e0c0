import { describe, expect, it } from 'vitest';
import { SNIPPETS } from './snippets';

const write = (key: string, model: string) => SNIPPETS.find((snippet) => snippet.key === key)?.write({ baseUrl: 'https://jarvis.example/v1', key: 'sk-jv-x', model }) ?? '';

describe('snippets', () => {
  it.each(SNIPPETS.map((snippet) => snippet.key))('%s has address, key and model', (key) => {
    const text = write(key, 'team/model-1');
    expect(text).toContain('https://jarvis.example/v1');
    expect(text).toContain('sk-jv-x');
    expect(text).toContain('team/model-1');
  });

  it('keeps a quote in a name inside the shell literal', () => {
    expect(write('curl', "it's")).toContain(`"it'\\''s"`);
  });

  it('keeps a quote in a name inside the string', () => {
    expect(write('python', 'a"b')).toContain('model="a\\"b"');
  });
});
