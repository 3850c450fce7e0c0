import { describe, expect, it } from 'vitest';
import { blocksOf } from './markdownBlocks';

describe('blocks of Markdown', () => {
  it('cuts between paragraphs', () => expect(blocksOf('a\n\nb\nc\n\n# d')).toEqual(['a\n', 'b\nc\n', '# d']));

  it('keeps code together, blank lines and all', () => {
    const code = '```js\na\n\nb\n```';
    expect(blocksOf(`x\n\n${code}\n\ny`)).toEqual(['x\n', `${code}\n`, 'y']);
  });

  it('keeps code together that is still being written', () => expect(blocksOf('```\na\n\nb')).toEqual(['```\na\n\nb']));

  it('is not fooled by a shorter fence inside a longer one', () => expect(blocksOf('````\n```\n\n```\n````\n\nz')).toHaveLength(2));

  it('keeps formulas together', () => {
    expect(blocksOf('$$\na\n\nb\n$$\n\nc')).toEqual(['$$\na\n\nb\n$$\n', 'c']);
    expect(blocksOf('\\[\na\n\nb\n\\]\n\nc')).toEqual(['\\[\na\n\nb\n\\]\n', 'c']);
  });

  it('keeps lists together', () => expect(blocksOf('1. a\n\n2. b\n\n   more\n\nend')).toEqual(['1. a\n\n2. b\n\n   more\n', 'end']));

  it('leaves text with reference links whole', () => expect(blocksOf('see [a][1]\n\nb\n\n[1]: https://a.example')).toHaveLength(1));

  it('loses nothing', () => {
    const text = 'a\n\n- b\n\n```\nc\n\n\n```\n\n| d |\n|---|\n\n$$x$$\n\ne';
    expect(blocksOf(text).join('\n')).toBe(text);
  });

  it('only ever changes its last block while text is added', () => {
    const text = 'first\n\nsecond\n\n```\ncode\n\nmore\n```\n\nthird\n\n- x\n\n- y\n\nlast';
    for (let end = 1; end < text.length; end += 1) {
      const before = blocksOf(text.slice(0, end)).slice(0, -1);
      expect(blocksOf(text.slice(0, end + 1)).slice(0, before.length)).toEqual(before);
    }
  });
});
