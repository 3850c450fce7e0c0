/** Above this a block is shown as plain text: no honest paragraph is so long, and parsing one stalls the page. */
export const PLAIN_ABOVE = 60_000;

/**
 * Cuts Markdown into blocks that can be drawn by themselves: while an answer grows only its last block changes, so a long
 * answer costs no more to draw than a short one. Cuts are at blank lines outside code and formulas, before a line that
 * cannot belong to what is above it. Text with reference links stays whole, since they work across blocks.
 */
export function blocksOf(markdown: string): string[] {
  if (/^ {0,3}\[[^\]\n]{1,200}\]:/m.test(markdown)) {
    return [markdown];
  }
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  let blank = false;
  for (const line of markdown.split('\n')) {
    if (fence === null && blank && current.length > 0 && startsAnew(line)) {
      blocks.push(current.join('\n'));
      current = [];
    }
    current.push(line);
    fence = fenceAfter(fence, line);
    blank = line.trim() === '';
  }
  if (current.length > 0) {
    blocks.push(current.join('\n'));
  }
  return blocks;
}

/** Indented lines and list items may belong to a list above. */
function startsAnew(line: string): boolean {
  return line.trim() !== '' && !/^(\s|[-*+](\s|$)|\d{1,9}($|[.)](\s|$)))/.test(line);
}

/** Which fence is open after a line: ``` or ~~~ of some length, $$, or \[. */
function fenceAfter(open: string | null, line: string): string | null {
  const text = line.trim();
  if (open === null) {
    const code = /^(`{3,}|~{3,})(?!.*`)/.exec(text)?.[1];
    if (code !== undefined) {
      return code;
    }
    if (text.startsWith('$$') && !text.slice(2).includes('$$')) {
      return '$$';
    }
    return text.startsWith('\\[') && !text.includes('\\]') ? '\\]' : null;
  }
  const closes = open === '$$' || open === '\\]' ? text.endsWith(open) : text.startsWith(open) && /^(`+|~+)$/.test(text);
  return closes ? null : open;
}
