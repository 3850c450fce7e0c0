import { KeyPicker, ModelPicker, ProviderKeyPicker, TeamPicker, UserPicker } from './pickers';
import type { PickerProps } from './RemoteSelect';

export type SubjectKind = 'team' | 'user' | 'caller_key' | 'model' | 'provider_key';

const PICKERS = { team: TeamPicker, user: UserPicker, caller_key: KeyPicker, model: ModelPicker, provider_key: ProviderKeyPicker };

/** What a budget or a limit is on, by its kind. */
export function SubjectPicker({ kind, ...props }: PickerProps & { kind: SubjectKind }) {
  const Picker = PICKERS[kind];
  return <Picker key={kind} {...props} />;
}
