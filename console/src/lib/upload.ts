import { ApiError } from './errors';
import { accessToken, renewed } from './session';

/**
 * Sends a file as it is and tells how far it has come, which fetch cannot. Rejects with an ApiError, as authorizedFetch does,
 * and with an AbortError when `signal` stops it.
 */
export async function upload<T>(path: string, file: Blob, signal: AbortSignal, progress: (share: number) => void): Promise<T> {
  try {
    return await send<T>(path, file, signal, progress);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && (await renewed())) {
      return send<T>(path, file, signal, progress);
    }
    throw error;
  }
}

async function send<T>(path: string, file: Blob, signal: AbortSignal, progress: (share: number) => void): Promise<T> {
  const token = await accessToken();
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (token !== null) {
      request.setRequestHeader('authorization', `Bearer ${token}`);
    }
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const answer = request.response as (T & { error?: Record<string, unknown> }) | null;
      if (request.status >= 200 && request.status < 300 && answer !== null) {
        resolve(answer);
      } else {
        reject(new ApiError(request.status, answer?.error ?? {}));
      }
    };
    request.onerror = () => reject(new ApiError(0, { code: 'unreachable' }));
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
