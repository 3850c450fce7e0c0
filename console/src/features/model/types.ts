/** What a model makes: the code that filters take, and the word that the service keeps (it reads back as written). */
export const MODEL_TYPES = [
  { code: 'text', word: '生文' },
  { code: 'image', word: '生图' },
  { code: 'audio', word: '生音频' },
  { code: 'video', word: '生视频' },
  { code: 'embedding', word: '向量' },
  { code: 'rerank', word: '重排' },
] as const;

export type ModelTypeCode = (typeof MODEL_TYPES)[number]['code'];

export function wordOf(code: ModelTypeCode): string {
  return MODEL_TYPES.find((type) => type.code === code)?.word ?? code;
}
