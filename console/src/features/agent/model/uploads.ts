import type { Attachment, AttachmentLimits } from '../api/attachments';

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** A file on its way into a message. */
export interface Upload {
  key: string;
  file: File;
  progress: number;
  attachment: Attachment | null;
  /** A code of the errors' messages, or the server's words. */
  error: unknown;
}

export type Refusal = 'count' | 'size';

/** Those of the files that can be sent with what is there already; the server says more, once it has seen them. */
export function taken(files: File[], already: number, limits: AttachmentLimits | undefined): { files: File[]; refusal: Refusal | null } {
  const small = files.filter(({ size }) => size <= (limits?.file_bytes ?? Infinity));
  const fitting = small.slice(0, Math.max(0, (limits?.message_files ?? Infinity) - already));
  return { files: fitting, refusal: fitting.length < small.length ? 'count' : small.length < files.length ? 'size' : null };
}

/** What it looks like before the server has said what it is. */
export function kindOf({ file, attachment }: Upload): Attachment['kind'] {
  return attachment?.kind ?? (IMAGE_TYPES.includes(file.type) ? 'image' : file.type === 'application/pdf' ? 'pdf' : 'text');
}

/** Whether a message may go now: all files are there, none failed. */
export function areReady(uploads: Upload[]): boolean {
  return uploads.every(({ attachment }) => attachment !== null);
}
