import { authorizedFetch } from './api';

/** Saves an answer of the API as a file of the person. */
export async function download(path: string, name: string, accept: string): Promise<void> {
  const response = await authorizedFetch(path, { headers: { accept } });
  save(await response.blob(), name);
}

export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}
