/** An object without what is undefined or empty: such a field would otherwise stand in an address or a request. */
export function cleaned<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as T;
}
