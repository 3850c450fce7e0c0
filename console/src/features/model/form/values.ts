import type { ModelStatus } from '../search';
import type { ModelTypeCode } from '../types';

/** How a provider wants its key; `header` and `query` have a name of their own. */
export const AUTH_KINDS = ['api_key', 'bearer', 'header', 'query', 'none'] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

export interface KeyValues {
  /** Of a key that the model has already. */
  id?: string;
  /** Its last four characters. */
  hint?: string;
  /** What was typed: a new key, or one in place of the sealed one. Never comes from the server. */
  key?: string;
  name: string;
  enabled: boolean;
  weight: number | null;
}

/** What the form holds. Prices stay the text that was typed: they never become binary fractions. */
export interface ModelValues {
  name: string;
  model_id: string;
  provider: string;
  type: ModelTypeCode;
  description: string;
  status: ModelStatus;
  base_url: string;
  auth_kind: AuthKind;
  auth_name: string;
  upstream_model: string;
  key_usage_mode: 'single' | 'round_robin';
  api_keys: KeyValues[];
  supports_vision: boolean;
  max_tokens: number | null;
  context_window: number | null;
  price_from_catalogue: boolean;
  input_price: string;
  output_price: string;
  currency: 'USD' | 'CNY';
  rpm_limit: number | null;
  tpm_limit: number | null;
}

export const NEW_KEY: KeyValues = { key: '', name: '', enabled: true, weight: 1 };

export const NEW_MODEL: ModelValues = {
  name: '',
  model_id: '',
  provider: '',
  type: 'text',
  description: '',
  status: 'enabled',
  base_url: '',
  auth_kind: 'api_key',
  auth_name: '',
  upstream_model: '',
  key_usage_mode: 'single',
  api_keys: [NEW_KEY],
  supports_vision: false,
  max_tokens: null,
  context_window: null,
  price_from_catalogue: false,
  input_price: '',
  output_price: '',
  currency: 'USD',
  rpm_limit: null,
  tpm_limit: null,
};

/** What fields show while they are empty; the same in every language. */
export const EXAMPLES = { name: 'GPT-5', modelId: 'gpt-5', provider: 'openai', key: 'sk-…' } as const;
