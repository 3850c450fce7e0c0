import { asApiError } from './errors';

/**
 * Puts a refusal of the server on the form field that it names. Returns whether it has found its place; what has none is
 * shown above the form.
 */
export function onField<Name extends string>(
  error: unknown,
  names: readonly Name[],
  text: (error: unknown) => string,
  form: { setFields: (fields: { name: Name; errors: string[] }[]) => void },
): boolean {
  const param = asApiError(error).param?.split(/[.[]/)[0];
  const name = names.find((candidate) => candidate === param);
  if (name === undefined) {
    return false;
  }
  form.setFields([{ name, errors: [text(error)] }]);
  return true;
}
