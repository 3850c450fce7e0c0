import type { MarkedExtension, Tokens } from 'marked';

/** The element that stands for a formula until the page draws it. */
export const MATH_TAG = 'x-math';

interface Formula extends Tokens.Generic {
  text: string;
  display: boolean;
}

const BLOCK = /^(?:\$\$([\s\S]{1,10000}?)\$\$|\\\[([\s\S]{1,10000}?)\\\])(?:[ \t]*(?:\n+|$))/;
const DISPLAYED = /^(?:\$\$([^$]{1,5000}?)\$\$|\\\[([\s\S]{1,5000}?)\\\])/;
// A dollar sign is money far more often than the start of a formula: no space inside, and no digit after it.
const INLINE = /^(?:\$(?![\s$])((?:\\.|[^$\\\n]){1,2000}?)(?<!\s)\$(?!\d)|\\\(([\s\S]{1,2000}?)\\\))/;

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const render = (token: Tokens.Generic) => `<${MATH_TAG} data-tex="${escaped((token as Formula).text)}" data-display="${(token as Formula).display}"></${MATH_TAG}>`;

function formula(type: string, match: RegExpExecArray | null, display: boolean): Formula | undefined {
  return match === null ? undefined : { type, raw: match[0], text: (match[1] ?? match[2] ?? '').trim(), display };
}

function startOf(source: string): number | undefined {
  const at = source.search(/\$|\\\(|\\\[/);
  return at === -1 ? undefined : at;
}

/** A formula of its own begins a line; what is within one belongs to its paragraph. */
function blockStartOf(source: string): number | undefined {
  const at = source.search(/\n(?:\$\$|\\\[)/);
  return at === -1 ? undefined : at + 1;
}

/** Formulas in Markdown, as models write them: $…$, $$…$$, \(…\), \[…\]. */
export const math: MarkedExtension = {
  extensions: [
    { name: 'mathBlock', level: 'block', start: blockStartOf, tokenizer: (source) => formula('mathBlock', BLOCK.exec(source), true), renderer: (token) => `<p>${render(token)}</p>\n` },
    {
      name: 'mathInline',
      level: 'inline',
      start: startOf,
      tokenizer: (source) => formula('mathInline', DISPLAYED.exec(source), true) ?? formula('mathInline', INLINE.exec(source), false),
      renderer: render,
    },
  ],
};
