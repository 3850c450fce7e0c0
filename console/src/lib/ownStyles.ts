/** The server's nonce of this page: only style elements that carry it are let in by the content security policy. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

/**
 * Lets the styles of our own scripts through the policy, which knows no 'unsafe-inline'. Ant Design passes the nonce on,
 * except where its tables measure scroll bars and its dialogs lock the page; and its text areas measure themselves with a
 * style attribute, which is refused where the same through `style` is not. Whoever could call these could do so anyway:
 * the policy keeps everybody else from running a script at all.
 */
export function allowOwnStyles(): void {
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

  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(name: string, value: string) {
    if (name === 'style' && this instanceof HTMLElement) {
      this.style.cssText = value;
    } else {
      set.call(this, name, value);
    }
  };
}
