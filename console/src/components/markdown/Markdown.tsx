import { XMarkdown } from '@ant-design/x-markdown';
import { memo, useMemo, type FunctionComponent, type ReactNode } from 'react';
import { blocksOf, PLAIN_ABOVE } from '@/lib/markdownBlocks';
import { safeLink, safePicture } from '@/lib/links';
import { math, MATH_TAG } from '@/lib/math';
import { CodeBlock } from './CodeBlock';
import { Formula } from './Formula';
import './Markdown.css';

interface PartProps {
  children?: ReactNode;
  [attribute: string]: unknown;
}

function Anchor({ children, href }: PartProps) {
  const address = safeLink(href);
  return address === null ? (
    <span>{children}</span>
  ) : (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Picture({ src, alt }: PartProps) {
  const text = typeof alt === 'string' ? alt : '';
  const address = safePicture(src);
  return address === null ? <Anchor href={src}>{text === '' ? String(src ?? '') : text}</Anchor> : <img src={address} alt={text} />;
}

function Code({ children, block, lang, streamStatus }: PartProps) {
  return block === true ? <CodeBlock text={textIn(children)} language={typeof lang === 'string' ? lang : ''} done={streamStatus !== 'loading'} /> : <code>{children}</code>;
}

function TableFrame({ children }: PartProps) {
  return (
    <div className="markdown-table" tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

function MathPart(props: PartProps) {
  return <Formula tex={String(props['data-tex'] ?? '')} display={props['data-display'] === 'true'} />;
}

// The page has its h1 and h2; a model's headings begin below them.
const heading = (Tag: 'h3' | 'h4' | 'h5' | 'h6') =>
  function Heading({ children }: PartProps) {
    return <Tag>{children}</Tag>;
  };

const components: Record<string, FunctionComponent<PartProps>> = {
  a: Anchor,
  img: Picture,
  code: Code,
  pre: ({ children }) => <>{children}</>,
  table: TableFrame,
  h1: heading('h3'),
  h2: heading('h4'),
  h3: heading('h5'),
  h4: heading('h6'),
  h5: heading('h6'),
  h6: heading('h6'),
  [MATH_TAG]: MathPart,
};

/** What Markdown makes, and nothing else. */
const purify = {
  ALLOWED_TAGS: ['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'hr', 'a', 'img', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'input'],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'align', 'start', 'type', 'checked', 'disabled'],
};

function textIn(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') {
    return String(node);
  }
  return Array.isArray(node) ? node.map(textIn).join('') : '';
}

/** One block by itself: while an answer grows, the blocks above the last one are not drawn again. */
const Block = memo(function Block({ text, growing }: { text: string; growing: boolean }) {
  if (text.length > PLAIN_ABOVE) {
    return <div className="markdown-plain" tabIndex={0}>{text}</div>;
  }
  return <XMarkdown disableDefaultStyles={['pre', 'code', 'table', 'th', 'td', 'img']} content={text} config={math} components={components} dompurifyConfig={purify} escapeRawHtml streaming={{ hasNextChunk: growing }} />;
});

/** Text of a model as people read it. HTML in it stays text; links open elsewhere; nothing is loaded from other hosts. */
export function Markdown({ text, growing = false }: { text: string; growing?: boolean }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // Blocks keep their places: only the last one changes.
        <Block key={index} text={block} growing={growing && index === blocks.length - 1} />
      ))}
    </div>
  );
}
