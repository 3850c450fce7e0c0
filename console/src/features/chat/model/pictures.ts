import type { Picture } from './tree';

export const MOST_PICTURES = 6;
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Of one picture. What is larger is made smaller first. */
const MOST_BYTES = 4 * 1024 * 1024;
const LONGEST_SIDE = 2048;

export type PictureRefusal = 'type' | 'size' | 'count';

/** The pictures among dropped, pasted or picked files, ready to send; or why they cannot be. */
export async function picturesOf(files: Iterable<File>, already: number): Promise<{ pictures: Picture[]; refusal: PictureRefusal | null }> {
  const pictures: Picture[] = [];
  let refusal: PictureRefusal | null = null;
  for (const file of files) {
    if (!TYPES.includes(file.type)) {
      refusal = 'type';
    } else if (already + pictures.length >= MOST_PICTURES) {
      refusal = 'count';
    } else {
      const small = await bounded(file);
      if (small === null) {
        refusal = 'size';
      } else {
        pictures.push({ name: file.name, url: await dataUrl(small) });
      }
    }
  }
  return { pictures, refusal };
}

async function bounded(file: File): Promise<Blob | null> {
  if (file.size <= MOST_BYTES) {
    return file;
  }
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return small.size <= MOST_BYTES ? small : null;
  } catch {
    return null;
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('The picture cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
