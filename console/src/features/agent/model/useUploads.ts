import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { newId } from '@/lib/newId';
import { ATTACHMENT_LIMITS, deleteAttachment, uploadAttachment } from '../api/attachments';
import { areReady, taken, type Refusal, type Upload } from './uploads';

/** The files of the message that is being written: sent at once, forgotten by the server when they are taken out again. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const queries = useQueryClient();
  const limits = useQuery(ATTACHMENT_LIMITS).data;
  const running = useRef(new Map<string, AbortController>());
  const previews = useRef(new Map<string, string>());
  useEffect(() => {
    const [controllers, urls] = [running.current, previews.current];
    return () => {
      controllers.forEach((controller) => controller.abort());
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
  }, []);

  const change = (key: string, fields: Partial<Upload>) => setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...fields } : upload)));
  const begin = async (file: File) => {
    const key = newId();
    const controller = new AbortController();
    running.current.set(key, controller);
    if (file.type.startsWith('image/')) {
      previews.current.set(key, URL.createObjectURL(file));
    }
    setUploads((before) => [...before, { key, file, progress: 0, attachment: null, error: null }]);
    try {
      change(key, { attachment: await uploadAttachment(file, controller.signal, (progress) => change(key, { progress })) });
    } catch (error) {
      if (!controller.signal.aborted) {
        change(key, { error });
      }
    } finally {
      running.current.delete(key);
    }
  };
  const forgetPreview = (key: string) => {
    const url = previews.current.get(key);
    if (url !== undefined) {
      URL.revokeObjectURL(url);
      previews.current.delete(key);
    }
  };
  return {
    uploads,
    refusal,
    limits,
    ready: areReady(uploads),
    preview: (key: string) => previews.current.get(key),
    add: async (files: Iterable<File>) => {
      const chosen = [...files];
      // Where the limits cannot be had, the server refuses what it does not take.
      const known = await queries.ensureQueryData(ATTACHMENT_LIMITS).catch(() => undefined);
      const result = taken(chosen, uploads.length, known);
      setRefusal(result.refusal);
      result.files.forEach((file) => void begin(file));
    },
    remove: (key: string) => {
      running.current.get(key)?.abort();
      const attachment = uploads.find((upload) => upload.key === key)?.attachment;
      if (attachment !== undefined && attachment !== null) {
        // What stays there unsent is deleted within a day.
        void deleteAttachment(attachment.id).catch(() => undefined);
      }
      forgetPreview(key);
      setUploads((before) => before.filter((upload) => upload.key !== key));
      setRefusal(null);
    },
    clear: () => {
      uploads.forEach(({ key }) => forgetPreview(key));
      setUploads([]);
      setRefusal(null);
    },
  };
}
