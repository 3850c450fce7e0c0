import { VersionSteps } from '@/components/talk/VersionSteps';
import { useChangeConversation, type Message } from '../api/conversations';
import { newestLeaf, siblingsOf } from '../model/branch';

/** Where a message was changed or asked again: steps through its versions. */
export function Siblings({ message, messages, conversationId, busy, label }: { message: Message; messages: Message[]; conversationId: string; busy: boolean; label: string }) {
  const changing = useChangeConversation();
  const siblings = siblingsOf(messages, message);
  const show = (at: number) => {
    const chosen = siblings[at];
    if (chosen !== undefined) {
      changing.mutate({ id: conversationId, head_id: newestLeaf(messages, chosen).id });
    }
  };
  return <VersionSteps count={siblings.length} at={siblings.findIndex(({ id }) => id === message.id)} label={label} disabled={busy} onShow={show} />;
}
