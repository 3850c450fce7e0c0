import { amountOf } from '@/lib/rateCard';
import type { ModelFields, NewModel } from '../api/changeModel';
import type { Model } from '../api/models';
import { wordOf } from '../types';
import { AUTH_KINDS, type AuthKind, type KeyValues, type ModelValues } from './values';

/** A model as the form shows it. No key comes along: the server tells the last four characters at the most. */
export function valuesOf(model: Model): ModelValues {
  const [kind, name] = splitAuth(model.auth_type);
  return {
    name: model.name,
    model_id: model.model_id,
    provider: model.provider,
    type: model.type_code,
    description: model.description,
    status: model.status,
    base_url: model.base_url,
    auth_kind: kind,
    auth_name: name,
    upstream_model: model.upstream_model ?? '',
    key_usage_mode: model.key_usage_mode,
    api_keys: model.api_keys.map(({ id, hint, name: called, status, weight }) => ({ id, hint, key: '', name: called, enabled: status === 'enabled', weight })),
    supports_vision: model.supports_vision,
    max_tokens: model.max_tokens,
    context_window: model.context_window,
    price_from_catalogue: false,
    input_price: model.input_price ?? '',
    output_price: model.output_price ?? '',
    currency: model.currency,
    rpm_limit: model.rpm_limit,
    tpm_limit: model.tpm_limit,
  };
}

/** The settings of a model for a new one: everything but its id, its keys and a name that would be taken. */
export function copyOf(model: Model, name: string): ModelValues {
  return { ...valuesOf(model), name, model_id: '', status: 'disabled', upstream_model: model.upstream_model ?? model.model_id, api_keys: [] };
}

/** The whole form as the request that makes a new model. */
export function creation(values: ModelValues): NewModel {
  const { api_keys, input_price, output_price, ...fields } = fieldsOf(values);
  return {
    ...fields,
    name: values.name.trim(),
    model_id: values.model_id.trim(),
    provider: values.provider.trim(),
    type: wordOf(values.type),
    base_url: values.base_url.trim(),
    ...(api_keys !== undefined && api_keys.length > 0 ? { api_keys } : {}),
    ...(values.price_from_catalogue ? { price_from_catalogue: true } : { input_price, output_price }),
  };
}

/** A new model once for each key that is switched on, so that each of them is tried; without keys, once. */
export function trials(values: ModelValues): NewModel[] {
  return withEachKey(values).map(creation);
}

/** The changes of a saved model, for each key that they leave switched on; once where none of them matters for how it is reached. */
export function changeTrials(before: ModelValues, after: ModelValues): ModelFields[] {
  const fields = difference(before, after);
  return REACHING.some((name) => name in fields) ? withEachKey(after).map((values) => difference(before, values)) : [fields];
}

const REACHING = ['base_url', 'auth_type', 'upstream_model', 'model_id', 'api_keys'] as const;

function withEachKey(values: ModelValues): ModelValues[] {
  const lines = values.api_keys.flatMap((key, line) => (isGiven(key) && key.enabled ? [line] : []));
  return lines.length === 0 || values.auth_kind === 'none' ? [values] : lines.map((line) => ({ ...values, api_keys: values.api_keys.map((key, other) => ({ ...key, enabled: other === line })) }));
}

/** Only what differs from what the form began with, so that nobody else's change of another field is undone. */
export function difference(before: ModelValues, after: ModelValues): ModelFields {
  const was = fieldsOf(before) as Record<string, unknown>;
  const is = fieldsOf(after) as Record<string, unknown>;
  const changed = Object.entries(is).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]));
  const fields = Object.fromEntries(changed) as ModelFields;
  // The service takes the three parts of the simple price together.
  if ('input_price' in fields || 'output_price' in fields || 'currency' in fields) {
    const { input_price, output_price, currency } = fieldsOf(after);
    Object.assign(fields, { input_price, output_price, currency });
  }
  return fields;
}

/** The names of the form's fields that two versions of a model do not agree on. */
export function changedFields(before: ModelValues, after: ModelValues): (keyof ModelValues)[] {
  return (Object.keys(after) as (keyof ModelValues)[]).filter((name) => JSON.stringify(comparable(before, name)) !== JSON.stringify(comparable(after, name)));
}

/** Theirs, with what was changed here laid over it. */
export function merged(base: ModelValues, mine: ModelValues, theirs: ModelValues): ModelValues {
  const own = changedFields(base, mine).map((name) => [name, mine[name]]);
  return { ...theirs, ...(Object.fromEntries(own) as Partial<ModelValues>) };
}

function comparable(values: ModelValues, name: keyof ModelValues): unknown {
  return name === 'api_keys' ? values.api_keys.map(keyOf) : values[name];
}

function fieldsOf(values: ModelValues): ModelFields {
  return {
    name: values.name.trim(),
    model_id: values.model_id.trim(),
    provider: values.provider.trim(),
    type: wordOf(values.type),
    description: values.description.trim(),
    status: values.status,
    base_url: values.base_url.trim(),
    auth_type: joinAuth(values.auth_kind, values.auth_name),
    key_usage_mode: values.key_usage_mode,
    api_keys: values.auth_kind === 'none' ? [] : values.api_keys.filter(isGiven).map(keyOf),
    upstream_model: textOrNull(values.upstream_model),
    supports_vision: values.supports_vision,
    max_tokens: values.max_tokens,
    context_window: values.context_window,
    input_price: amountOf(values.input_price),
    output_price: amountOf(values.output_price),
    currency: values.currency,
    rpm_limit: values.rpm_limit,
    tpm_limit: values.tpm_limit,
  };
}

/** A line that was added and left empty is no key. */
export function isGiven(key: KeyValues): boolean {
  return key.id !== undefined || (key.key ?? '').trim() !== '';
}

function keyOf({ id, key, name, enabled, weight }: KeyValues) {
  const typed = (key ?? '').trim();
  return {
    ...(id === undefined ? {} : { id }),
    ...(typed === '' ? {} : { key: typed }),
    name: (name ?? '').trim(),
    status: enabled ? ('enabled' as const) : ('disabled' as const),
    weight: weight ?? 1,
  };
}

export function splitAuth(authType: string): [AuthKind, string] {
  const [kind = '', ...name] = authType.split(':');
  return [AUTH_KINDS.find((known) => known === kind) ?? 'api_key', name.join(':')];
}

export function joinAuth(kind: AuthKind, name: string): string {
  return kind === 'header' || kind === 'query' ? `${kind}:${name.trim()}` : kind;
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
