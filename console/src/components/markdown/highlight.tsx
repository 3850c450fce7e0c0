import { createElement, Fragment, type ReactNode } from 'react';
import { refractor } from 'refractor/core';

type Syntax = Parameters<typeof refractor.register>[0];
const load = (loading: Promise<{ default: unknown }>) => loading.then((module) => module.default as Syntax);

const LANGUAGES: Record<string, () => Promise<Syntax>> = {
  bash: () => load(import('refractor/bash')),
  c: () => load(import('refractor/c')),
  cpp: () => load(import('refractor/cpp')),
  csharp: () => load(import('refractor/csharp')),
  css: () => load(import('refractor/css')),
  diff: () => load(import('refractor/diff')),
  go: () => load(import('refractor/go')),
  java: () => load(import('refractor/java')),
  javascript: () => load(import('refractor/javascript')),
  json: () => load(import('refractor/json')),
  kotlin: () => load(import('refractor/kotlin')),
  markup: () => load(import('refractor/markup')),
  php: () => load(import('refractor/php')),
  python: () => load(import('refractor/python')),
  ruby: () => load(import('refractor/ruby')),
  rust: () => load(import('refractor/rust')),
  sql: () => load(import('refractor/sql')),
  swift: () => load(import('refractor/swift')),
  tsx: () => load(import('refractor/tsx')),
  typescript: () => load(import('refractor/typescript')),
  yaml: () => load(import('refractor/yaml')),
};

const ALSO: Record<string, string> = { sh: 'bash', shell: 'bash', zsh: 'bash', 'c++': 'cpp', cs: 'csharp', 'c#': 'csharp', golang: 'go', js: 'javascript', jsx: 'tsx', kt: 'kotlin', html: 'markup', xml: 'markup', py: 'python', rb: 'ruby', rs: 'rust', ts: 'typescript', yml: 'yaml' };

interface Part {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: Part[];
}

/** Code in colours, as elements with class names; null for a language that is not known here. */
export async function highlight(code: string, language: string): Promise<ReactNode> {
  const asked = language.split(/\s/)[0]?.toLowerCase() ?? '';
  const name = Object.hasOwn(ALSO, asked) ? (ALSO[asked] ?? asked) : asked;
  const loading = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
  if (loading === undefined) {
    return null;
  }
  refractor.register(await loading());
  const tree = refractor.highlight(code, name) as Part;
  return createElement(Fragment, null, ...(tree.children ?? []).map(element));
}

function element(part: Part, index: number): ReactNode {
  if (part.type === 'text') {
    return part.value;
  }
  const classes = part.properties?.className;
  return createElement('span', { key: index, className: Array.isArray(classes) ? classes.join(' ') : undefined }, ...(part.children ?? []).map(element));
}
