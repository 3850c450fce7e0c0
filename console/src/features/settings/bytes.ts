const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 1.5 GB, in steps of 1024 as the settings are given. */
export function bytesText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${Number(value.toFixed(value < 10 && step > 0 ? 1 : 0))} ${UNITS[step] ?? ''}`;
}
