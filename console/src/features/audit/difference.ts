export interface Change {
  /** Where it stands: price.rates.input, api_keys.0.status */
  path: string;
  before: string | null;
  after: string | null;
  changed: boolean;
}

/** Two states side by side, field by field; what has changed comes first, else in the order of the fields. */
export function differenceOf(before: unknown, after: unknown): Change[] {
  const old = new Map(leaves(before));
  const now = new Map(leaves(after));
  const paths = [...new Set([...now.keys(), ...old.keys()])];
  return paths
    .map((path) => {
      const [a, b] = [old.get(path) ?? null, now.get(path) ?? null];
      return { path, before: a, after: b, changed: a !== b };
    })
    .sort((a, b) => Number(b.changed) - Number(a.changed));
}

function leaves(value: unknown, path = ''): [string, string][] {
  if (value === null || value === undefined) {
    return path === '' ? [] : [[path, 'null']];
  }
  if (typeof value !== 'object') {
    return [[path, String(value)]];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) {
    return path === '' ? [] : [[path, Array.isArray(value) ? '[]' : '{}']];
  }
  return entries.flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}
