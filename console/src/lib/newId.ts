/** Unique in this browser. randomUUID needs https, which a laboratory may not have. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');
}
