/** JSON as people read it; what is no JSON, or was cut so that it is none any more, stays as it is. */
export function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
