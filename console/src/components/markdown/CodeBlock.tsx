import { useEffect, useState, type ReactNode } from 'react';
import { CopyButton } from '../CopyButton';

/** Longer code stays plain: colours are not worth a page that stands still. */
const COLOURED_BELOW = 30_000;

/** Code with its language, a copy button, and colours once it is complete. */
export function CodeBlock({ text, language, done }: { text: string; language: string; done: boolean }) {
  const code = text.replace(/\n$/, '');
  const [coloured, setColoured] = useState<{ code: string; node: ReactNode } | null>(null);

  useEffect(() => {
    if (!done || language === '' || code.length > COLOURED_BELOW) {
      return undefined;
    }
    let current = true;
    void import('./highlight').then(async ({ highlight }) => {
      const node = await highlight(code, language);
      if (current && node !== null) {
        setColoured({ code, node });
      }
    });
    return () => {
      current = false;
    };
  }, [code, language, done]);

  return (
    <div className="markdown-code">
      <div className="markdown-code-head">
        <span>{language.split(/\s/)[0]}</span>
        <CopyButton text={code} />
      </div>
      <pre tabIndex={0}>
        <code>{coloured?.code === code ? coloured.node : code}</code>
      </pre>
    </div>
  );
}
