import { textParam, type RawSearch } from '@/lib/search';

export interface ChatSearch {
  /** The model_id that a new conversation begins with. */
  model?: string;
}

export function validateChatSearch(raw: RawSearch): ChatSearch {
  const model = textParam(raw, 'model');
  return model === undefined || model.length > 200 ? {} : { model };
}
