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

/** How long an answer may be where nobody says it: what about every model of today takes. */
export const USUAL_OUTPUT = 4096;

/** Whether it writes text, and the provider does not say how much at most: a hard budget could then set nothing aside for a call. */
export function lacksOutput(model: FoundModel): boolean {
  return model.type === 'text' && model.max_tokens === null;
}

/** How many of those that were added have no price. */
export function unpricedOf(added: string[], found: FoundModel[]): number {
  return found.filter((model) => added.includes(modelIdOf(model)) && model.price === null).length;
}

/**
 * The request that adds what was chosen; prices come from the catalogue where it has them, and `output` is how long an answer
 * may be where the provider does not say.
 */
export function creationOf(connection: Connection, chosen: FoundModel[], output: number | null): BulkCreation {
  return {
    provider: connection.provider,
    base_url: connection.base_url,
    auth_type: connection.auth_type,
    ...(connection.api_key === '' ? {} : { api_keys: [{ key: connection.api_key, status: 'enabled' as const }] }),
    models: chosen.map((model) => modelOf(lacksOutput(model) ? { ...model, max_tokens: output } : model)),
  };
}

/** Its name here: the provider's, where callers could write that. */
function modelIdOf({ id }: FoundModel): string {
  return MODEL_ID.test(id) ? id : id.replaceAll(/[^A-Za-z0-9._:/@+-]/g, '-').slice(0, 200);
}

function modelOf(found: FoundModel): BulkModel {
  const modelId = modelIdOf(found);
  return {
    model_id: modelId,
    name: found.id.slice(0, 200),
    type: wordOf(found.type),
    ...(modelId === found.id ? {} : { upstream_model: found.id }),
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
  return added.find((id) => found.some((model) => modelIdOf(model) === id && model.type === 'text')) ?? added[0];
}

/** Whether a tile or a row has all the words that were typed. */
export function matches(text: string, typed: string): boolean {
  const place = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => place.includes(word));
}
