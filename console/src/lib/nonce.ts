/** The server's nonce of this page: only style elements that carry it are let in by the content security policy. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

/**
 * Gives the nonce to every style element that our own scripts make. Ant Design passes it on by itself, except where its
 * tables measure scroll bars and its dialogs lock the page; the policy keeps everybody else from running a script at all.
 */
export function nonceForOwnStyles(): void {
  if (nonce === undefined) {
    return;
  }
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) {
      element.nonce = nonce;
    }
    return element;
  }) as typeof document.createElement;
}
