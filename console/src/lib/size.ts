/** A file's size for people: 1,023 B, 12 KB, 3.4 MB. */
export function shownSize(bytes: number): string {
  if (bytes < 1024) {
    return `${bytes} B`;
  }
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1).replace('.0', '')} MB`;
}
