import { describe, expect, it } from 'vitest';
import { safeLink, safePicture } from './links';

describe('links that others wrote', () => {
  it.each(['https://a.example/x?y=1', 'http://a.example/', 'mailto:a@b.example'])('keep %s', (address) => expect(safeLink(address)).toBe(address));
  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/admin', '//evil.example', 'vbscript:x', '', null, 7])('drop %s', (address) =>
    expect(safeLink(address)).toBeNull(),
  );
});

describe('pictures that others wrote', () => {
  it('are shown when they are in the text itself', () => expect(safePicture('data:image/png;base64,AAAA')).not.toBeNull());
  it.each(['https://evil.example/?said=secret', 'data:image/svg+xml;base64,AAAA', 'data:text/html;base64,AAAA', undefined])('are not loaded from %s', (address) => expect(safePicture(address)).toBeNull());
});
