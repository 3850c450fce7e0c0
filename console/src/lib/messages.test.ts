import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..');
const locales = join(src, 'locales');

function keys(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${prefix}${key}.`) : [`${prefix}${key}`]));
}

/** Plural forms differ between languages (zh has only _other); what is compared is the message they are forms of. */
function comparable(file: string, language: string): string[] {
  const messages = JSON.parse(readFileSync(join(locales, language, file), 'utf8')) as object;
  return [...new Set(keys(messages).map((key) => key.replace(/_(one|other)$/, '')))].sort();
}

describe('messages', () => {
  it('have the same files in both languages', () => {
    expect(readdirSync(join(locales, 'zh')).sort()).toEqual(readdirSync(join(locales, 'en')).sort());
  });

  it.each(readdirSync(join(locales, 'en')))('%s has the same keys in both languages', (file) => {
    expect(comparable(file, 'zh')).toEqual(comparable(file, 'en'));
  });
});

const specs = join(src, '..', '..', 'docs', 'api');

/** Codes that only a program meets which makes its requests by hand; the console's own never earn them. */
const OF_HAND_MADE_REQUESTS =
  /^(bad_\w+|invalid_(encoding|unicode|messages|tools|metadata|parameter|type|value|length|characters|idempotency_key)|idempotency_\w+|json_\w+|(missing|unknown)_parameter|conflicting_parameters|duplicate_key|empty_body|incomplete_body|no_session|unsupported_(media_type|content_encoding))$/;

/** Every code that an API description names, whatever the form of its list. */
function codesOf(spec: string): string[] {
  const lines = readFileSync(join(specs, spec), 'utf8').split('\n');
  const codes = lines.flatMap((line, at) => {
    const list = /^( *)x-codes:(.*)$/.exec(line);
    if (list === null) {
      return [];
    }
    const end = lines.findIndex((next, index) => index > at && next.search(/\S/) <= (list[1] ?? '').length);
    return [list[2] ?? '', ...lines.slice(at + 1, end)].join(' ').match(/[a-z][a-z0-9_]+/g) ?? [];
  });
  return [...new Set(codes)].filter((code) => !OF_HAND_MADE_REQUESTS.test(code)).sort();
}

describe('errors', () => {
  const known = new Set(comparable('errors.json', 'en'));

  it.each(readdirSync(specs))('have words for every code of %s that a person can meet', (spec) => {
    expect(codesOf(spec).length).toBeGreaterThan(20);
    expect(codesOf(spec).filter((code) => !known.has(code))).toEqual([]);
  });
});

it('there are words for every reason why a provider key is out', () => {
  const codes = /reason_code:\s+type: .*\s+enum: \[([^\]]+)\]/.exec(readFileSync(join(specs, 'control.yaml'), 'utf8'))?.[1]?.split(', ') ?? [];
  const told = comparable('keyhealth.json', 'en');

  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => code !== 'null' && !told.includes(`reason.${code}`))).toEqual([]);
});

const SHOWN = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'description', 'tooltip', 'okText', 'cancelText', 'extra', 'help', 'subTitle', 'addonAfter', 'suffix']);
/** Names and units that are the same in every language. */
const SAME_EVERYWHERE = /^(Jarvis|curl|Python|JavaScript|Java|Cherry Studio|JSON|CSV|USD|CNY|RPM|TPM|ms|kB|sk-jv-…|https?:\/\/\S*|[A-Z]{2,4})$/;

function literals(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const text = ts.isJsxText(node)
      ? node.text
      : ts.isJsxAttribute(node) && node.initializer !== undefined && ts.isStringLiteral(node.initializer) && SHOWN.has(node.name.getText())
        ? node.initializer.text
        : '';
    if (/\p{L}{2,}/u.test(text) && !SAME_EVERYWHERE.test(text.trim())) {
      found.push(`${path.slice(src.length + 1)}: ${text.trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('pages', () => {
  it('write nothing that is not in the message files', () => {
    const pages = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'));
    expect(pages.flatMap((page) => literals(join(src, page)))).toEqual([]);
  });
});
