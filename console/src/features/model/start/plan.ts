import type { BulkCreation, BulkModel } from '../api/bulk';
import type { Connection, FoundModel } from '../api/discover';
import { wordOf } from '../types';

/** More than these are not chosen unseen. */
const FEW = 12;

const MODEL_ID = /^[A-Za-z0-9._:/@+-]{1,200}$/;

/** What is chosen at first: all of a short list, else those that the catalogue has a price of; never what is here already. */
export function firstChoice(found: FoundModel[]): string[] {
  const fresh = found.filter((model) => model.llm_model_id === null);
  const chosen = fresh.length <= FEW ? fresh : fresh.filter((model) => model.price !== null && model.type === 'text');
  return chosen.slice(0, MOST_AT_ONCE).map(({ id }) => id);
}

/** The server adds at most this many in one request. */
export const MOST_AT_ONCE = 200;

/** The request that adds what was chosen; prices come from the catalogue where it has them. */
export function creationOf(connection: Connection, chosen: FoundModel[]): BulkCreation {
  return {
    provider: connection.provider,
    base_url: connection.base_url,
    auth_type: connection.auth_type,
    ...(connection.api_key === '' ? {} : { api_keys: [{ key: connection.api_key, status: 'enabled' as const }] }),
    models: chosen.map(modelOf),
  };
}

function modelOf(found: FoundModel): BulkModel {
  const takesId = MODEL_ID.test(found.id);
  return {
    model_id: takesId ? found.id : found.id.replaceAll(/[^A-Za-z0-9._:/@+-]/g, '-').slice(0, 200),
    name: found.id.slice(0, 200),
    type: wordOf(found.type),
    ...(takesId ? {} : { upstream_model: found.id }),
    ...(found.supports_vision === null ? {} : { supports_vision: found.supports_vision }),
    ...(found.max_tokens === null ? {} : { max_tokens: found.max_tokens }),
    ...(found.context_window === null ? {} : { context_window: found.context_window }),
    ...(found.price === null ? {} : { price_from_catalogue: true }),
  };
}

/** A model of a provider that has no list: all that is known is the name that somebody typed. */
export function typedModel(id: string): FoundModel {
  return { id, type: 'text', context_window: null, max_tokens: null, supports_vision: null, price: null, llm_model_id: null };
}

/** The one to begin a chat with: the first that was added and writes text. */
export function firstToChatWith(added: string[], found: FoundModel[]): string | undefined {
  return added.find((id) => found.some((model) => model.id === id && model.type === 'text')) ?? added[0];
}

/** Whether a tile or a row has all the words that were typed. */
export function matches(text: string, typed: string): boolean {
  const place = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => place.includes(word));
}
