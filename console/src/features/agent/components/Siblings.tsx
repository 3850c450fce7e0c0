import { App } from 'antd';
import { useErrorText } from '@/components/ErrorState';
import { VersionSteps } from '@/components/talk/VersionSteps';
import { useChangeConversation, type Message } from '../api/conversations';

/** Where a message was changed or asked again: steps through its versions. */
export function Siblings({ message, conversationId, busy, label }: { message: Message; conversationId: string; busy: boolean; label: string }) {
  const changing = useChangeConversation();
  const { message: toast } = App.useApp();
  const textOf = useErrorText();
  const show = (at: number) => changing.mutate({ id: conversationId, through_id: message.sibling_ids[at] ?? message.id }, { onError: (error) => toast.error(textOf(error)) });
  return <VersionSteps count={message.sibling_ids.length} at={message.sibling_ids.indexOf(message.id)} label={label} disabled={busy || changing.isPending} onShow={show} />;
}
