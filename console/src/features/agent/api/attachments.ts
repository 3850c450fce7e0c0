import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { authorizedFetch, dataOf, engine, type Engine } from '@/lib/api';
import { download } from '@/lib/download';
import { upload } from '@/lib/upload';

export type Attachment = Engine['Attachment'];
export type AttachmentLimits = Engine['AttachmentLimits'];

export function uploadAttachment(file: File, signal: AbortSignal, progress: (share: number) => void): Promise<Attachment> {
  return upload<Attachment>(`/api/v1/attachments?name=${encodeURIComponent(file.name)}`, file, signal, progress);
}

export function deleteAttachment(id: string) {
  return dataOf(engine.DELETE('/api/v1/attachments/{id}', { params: { path: { id } } }));
}

export function downloadAttachment(attachment: Attachment): Promise<void> {
  return download(`/api/v1/attachments/${attachment.id}/content`, attachment.name, '*/*');
}

/** What the server takes: the same until it is started anew. */
export const ATTACHMENT_LIMITS = queryOptions({ queryKey: ['attachment-limits'], staleTime: Infinity, queryFn: () => dataOf(engine.GET('/api/v1/attachment-limits')) });

/** An image that only its owner may fetch, as an address that a page can show for as long as it needs it. */
export function useImageUrl(id: string): string | undefined {
  const { data: blob } = useQuery({
    queryKey: ['attachment', id, 'content'],
    staleTime: Infinity,
    queryFn: async () => (await authorizedFetch(`/api/v1/attachments/${id}/content`)).blob(),
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (blob === undefined) {
      return;
    }
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return url;
}
