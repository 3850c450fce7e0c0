import type { ApiError } from '@/lib/errors';
import type { ModelValues } from './values';

export type FieldPath = (string | number)[];

/**
 * Where on the form a refusal belongs. The server counts the keys of the request, the form the lines of the page: empty
 * lines were not sent.
 */
export function fieldOf(error: ApiError, values: ModelValues, sent: (line: number) => boolean): FieldPath | null {
  const { param } = error;
  if (param === null) {
    return null;
  }
  const key = /^api_keys\[(\d+)](?:\.(\w+))?$/.exec(param);
  if (key !== null) {
    const lines = values.api_keys.map((_, line) => line).filter(sent);
    const line = lines[Number(key[1])];
    return line === undefined ? null : ['api_keys', line, key[2] === 'name' || key[2] === 'weight' ? key[2] : 'key'];
  }
  switch (param) {
    case 'auth_type':
      return [values.auth_kind === 'header' || values.auth_kind === 'query' ? 'auth_name' : 'auth_kind'];
    case 'api_keys':
      return null;
    default:
      return param in values ? [param] : null;
  }
}
