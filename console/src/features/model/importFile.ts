import type { BulkCreation, BulkModel } from './api/bulk';

/** What a file asks for: fields that all models share, and the models. */
export type ImportFile = BulkCreation;

type Parsed = { ok: true; file: ImportFile } | { ok: false; reason: 'json' | 'shape' | 'empty' | 'many' };

const MOST = 200;

/**
 * Reads a file of models: a list of them as the API takes them, or an object with `models` and what they share. The fields
 * themselves are the server's to check.
 */
export function parseImport(text: string): Parsed {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'json' };
  }
  const file: unknown = Array.isArray(parsed) ? { models: parsed } : parsed;
  if (!isObject(file) || !Array.isArray(file['models']) || !file['models'].every(isObject)) {
    return { ok: false, reason: 'shape' };
  }
  const { length } = file['models'];
  if (length === 0 || length > MOST) {
    return { ok: false, reason: length === 0 ? 'empty' : 'many' };
  }
  return { ok: true, file: file as unknown as ImportFile };
}

/** A model with what it shares with the others, as the list before the import shows it. */
export function withShared({ models, ...shared }: ImportFile): BulkModel[] {
  return models.map((model) => ({ ...shared, ...model }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
