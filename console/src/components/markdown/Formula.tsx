import { useEffect, useRef, useState } from 'react';

/** A formula, drawn by KaTeX into the page element by element: no HTML strings, which the content security policy would cut. */
export function Formula({ tex, display }: { tex: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    let current = true;
    void import('./katex').then(({ draw }) => {
      if (current && place.current !== null) {
        setDrawn(draw(tex, place.current, display));
      }
    });
    return () => {
      current = false;
    };
  }, [tex, display]);

  return (
    <span className={display ? 'formula formula-display' : 'formula'}>
      <span ref={place} hidden={!drawn} />
      {!drawn && <code>{tex}</code>}
    </span>
  );
}
