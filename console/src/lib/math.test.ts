import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { math } from './math';

const html = (text: string) => new Marked().use(math).parse(text) as string;
const formulas = (text: string) => [...html(text).matchAll(/data-tex="([^"]*)" data-display="(true|false)"/g)].map((found) => [found[1], found[2]]);

describe('formulas', () => {
  it.each([
    ['so $a+b$ is', [['a+b', 'false']]],
    ['so \\(a\\) is', [['a', 'false']]],
    ['so $$a$$ is', [['a', 'true']]],
    ['$$\na\n=b\n$$', [['a\n=b', 'true']]],
    ['\\[\na\n\\]\nafter', [['a', 'true']]],
  ])('are found in %j', (text, found) => expect(formulas(text)).toEqual(found));

  it.each(['it costs $5 and $10', 'from $5 to $ 7', '$ a $', '`$a$`', '```\n$$a$$\n```', 'only one $ here'])('are not seen in %j', (text) => expect(formulas(text)).toEqual([]));

  it('cannot leave their attribute', () => {
    expect(html('$a"><img src=x onerror=alert(1)>$')).not.toContain('<img');
  });
});
