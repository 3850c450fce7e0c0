/** Reading search parameters of a page's address: whatever somebody typed there, the page gets values it can use. */
export type RawSearch = Record<string, unknown>;

export function textParam(raw: RawSearch, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'string') {
    return value === '' ? undefined : value;
  }
  return typeof value === 'number' ? String(value) : undefined;
}

export function choiceParam<T extends string>(raw: RawSearch, name: string, choices: readonly T[]): T | undefined {
  const value = textParam(raw, name);
  return choices.find((choice) => choice === value);
}

export function pageParam(raw: RawSearch, name = 'page'): number | undefined {
  const value = Number(raw[name]);
  return Number.isInteger(value) && value > 1 && value <= 100_000 ? value : undefined;
}

export function sizeParam(raw: RawSearch): number | undefined {
  const value = Number(raw['page_size']);
  return [10, 50, 100, 200].includes(value) ? value : undefined;
}
