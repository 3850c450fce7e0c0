import { control, dataOf, type Control } from '@/lib/api';
import { pageOf } from '@/lib/page';
import { RemoteSelect, type Choice, type PickerProps } from './RemoteSelect';

const MOST = 30;

const ofUser = (user: Control['User']): Choice => ({ value: user.id, label: user.username, note: user.email });
const ofTeam = (team: Control['Team'] | Control['TeamWithMembers']): Choice => ({ value: team.id, label: team.name });
const ofKey = (key: Control['CallerKey']): Choice => ({ value: key.id, label: key.name, note: key.hint });

function searched(q: string) {
  return { ...(q.trim() === '' ? {} : { q: q.trim() }), page_size: MOST };
}

export function UserPicker(props: PickerProps) {
  return (
    <RemoteSelect
      {...props}
      kind="user"
      load={async (q) => (await pageOf<Control['User']>(control.GET('/api/v1/users', { params: { query: searched(q) } }))).data.map(ofUser)}
      resolve={async (id) => ofUser(await dataOf(control.GET('/api/v1/users/{id}', { params: { path: { id } } })))}
    />
  );
}

export function TeamPicker(props: PickerProps) {
  return (
    <RemoteSelect
      {...props}
      kind="team"
      load={async (q) => (await pageOf<Control['Team']>(control.GET('/api/v1/teams', { params: { query: searched(q) } }))).data.map(ofTeam)}
      resolve={async (id) => ofTeam(await dataOf(control.GET('/api/v1/teams/{id}', { params: { path: { id } } })))}
    />
  );
}

async function models(q: string): Promise<Control['Model'][]> {
  return (await pageOf<Control['Model']>(control.GET('/api/v1/llm-models', { params: { query: { ...searched(q), sort: 'model_id' } } }))).data;
}

/** A model by its id, as budgets and limits refer to it. */
export function ModelPicker(props: PickerProps) {
  const choice = (model: Control['Model']): Choice => ({ value: model.id, label: model.model_id, note: model.name });
  return (
    <RemoteSelect
      {...props}
      kind="model"
      load={async (q) => (await models(q)).map(choice)}
      resolve={async (id) => choice(await dataOf(control.GET('/api/v1/llm-models/{id}', { params: { path: { id } } })))}
    />
  );
}

/** A model by what callers write, as records have it; also of one that is gone. */
export function ModelNamePicker(props: PickerProps) {
  return (
    <RemoteSelect
      {...props}
      kind="model-name"
      load={async (q) => (await models(q)).map((model) => ({ value: model.model_id, label: model.model_id, note: model.name }))}
      resolve={(name) => Promise.resolve({ value: name, label: name })}
    />
  );
}

/** A caller key of anybody. */
export function KeyPicker(props: PickerProps) {
  return (
    <RemoteSelect
      {...props}
      kind="key"
      load={async (q) => (await pageOf<Control['CallerKey']>(control.GET('/api/v1/keys', { params: { query: { all: 'true', ...searched(q) } } }))).data.map(ofKey)}
      resolve={async (id) => ofKey(await dataOf(control.GET('/api/v1/keys/{id}', { params: { path: { id } } })))}
    />
  );
}

/** A key of a provider, through the models that have it. */
export function ProviderKeyPicker(props: PickerProps) {
  const choices = (found: Control['Model'][]): Choice[] =>
    found.flatMap((model) => model.api_keys.map((key) => ({ value: key.id, label: `${key.name === '' ? model.model_id : key.name} …${key.hint}`, note: model.model_id })));
  return (
    <RemoteSelect
      {...props}
      kind="provider-key"
      load={async (q) => choices(await models(q))}
      resolve={async (id) => choices(await models('')).find(({ value }) => value === id) ?? { value: id, label: id }}
    />
  );
}
