import { EditOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { App, Button, Skeleton, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { TalkFrame, useIsPhone } from '@/components/talk/TalkFrame';
import { isLost } from '@/lib/query';
import { useAgent } from './api/agents';
import { useConversationRuns } from './api/conversationRuns';
import { useConversation, useCreateConversation, useMessages } from './api/conversations';
import { retryMessage, sendMessage } from './api/runs';
import { AgentIcon } from './components/AgentIcon';
import { Composer, type Draft } from './components/Composer';
import { ConversationList } from './components/ConversationList';
import { ConversationMenu } from './components/ConversationMenu';
import { Greeting } from './components/Greeting';
import { Thread } from './components/Thread';
import { unseenOf } from './model/branch';
import { useRun } from './model/useRun';
import './agentChat.css';

const route = getRouteApi('/app/agents/$id');
const OVER = ['done', 'failed', 'cancelled'];

/** Talking with an agent: conversations at the side, the branch in view, what the run tells while it answers. */
export function AgentChatPage() {
  const { t } = useTranslation('agent');
  const { message: toast } = App.useApp();
  const textOf = useErrorText();
  const { id } = route.useParams();
  const { conversation: conversationId } = route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const phone = useIsPhone();
  const [list, setList] = useState(false);
  const agent = useAgent(id);
  const conversation = useConversation(conversationId);
  const messages = useMessages(conversationId);
  const runs = useConversationRuns(conversationId);
  const creating = useCreateConversation(id);
  const run = useRun(conversationId);
  const [sending, setSending] = useState(false);
  const made = useRef<string | null>(null);
  useEffect(() => {
    made.current = null;
  }, [id]);

  const branch = messages.data ?? [];
  // A short run may end while its conversation is loaded: then the branch ends before its answer.
  const unseen = messages.data === undefined ? undefined : unseenOf(messages.data, conversation.data?.head_id, runs.data ?? []);
  useEffect(() => {
    if (unseen !== undefined) {
      void queries.invalidateQueries({ queryKey: ['conversation', conversationId] });
    }
  }, [unseen, conversationId, queries]);
  const open = runs.data?.find(({ status }) => !OVER.includes(status))?.id;
  const { follow, runId } = run;
  useEffect(() => {
    if (open !== undefined && runId === null) {
      void follow(open);
    }
  }, [open, runId, follow]);

  const begin = async (start: (conversation: string) => Promise<{ run: { id: string } }>) => {
    setSending(true);
    try {
      // One that was made for a message that was refused waits for the next.
      const target = conversationId ?? made.current ?? (await creating.mutateAsync()).id;
      made.current = target;
      const begun = await start(target);
      made.current = null;
      void queries.invalidateQueries({ queryKey: ['conversations'] }); // the first message names it
      if (conversationId === undefined) {
        await navigate({ to: '/agents/$id', params: { id }, search: { conversation: target } });
      } else {
        void Promise.all([messages.refetch(), conversation.refetch()]);
        void follow(begun.run.id);
      }
      return true;
    } catch (error) {
      toast.error(textOf(error));
      return false;
    } finally {
      setSending(false);
    }
  };
  const send = (draft: Draft, parentId?: string | null) =>
    begin((target) => sendMessage(target, { ...draft, ...(parentId === undefined ? {} : { parent_id: parentId }) }));
  const retry = (messageId: string) => begin((target) => retryMessage(target, messageId));

  if (isLost(agent)) {
    return <ErrorState error={agent.error} retry={() => void agent.refetch()} list="/agents" />;
  }
  if (agent.data === undefined) {
    return <Skeleton active />;
  }
  const conversations = <ConversationList agentId={id} current={conversationId} onChosen={() => setList(false)} />;
  const busy = sending || (run.live !== null && run.live.status !== 'failed' && run.live.status !== 'done');
  return (
    <TalkFrame label={t('conversations')} list={conversations} open={list} onClose={() => setList(false)}>
      <section className="talk-main" aria-label={agent.data.name}>
        <div className="talk-bar">
          {phone && <Button type="text" icon={<MenuUnfoldOutlined />} aria-label={t('conversations')} onClick={() => setList(true)} />}
          <AgentIcon icon={agent.data.icon} size={36} />
          <div style={{ minWidth: 0, flex: 1 }}>
            <h1 className="agent-chat-title">{conversation.data?.title ?? agent.data.name}</h1>
            <Typography.Text type="secondary" ellipsis style={{ fontSize: 13 }}>
              {agent.data.name} · {agent.data.model.model_id}
            </Typography.Text>
          </div>
          {conversation.data !== undefined && <ConversationMenu conversation={conversation.data} />}
          {agent.data.editable && (
            <LinkButton to="/agents/$id/edit" params={{ id }} icon={<EditOutlined />}>
              {t('editAgent')}
            </LinkButton>
          )}
        </div>
        {conversationId === undefined || (messages.data?.length === 0 && run.live === null) ? (
          <Greeting agent={agent.data} />
        ) : (
          <Thread
            branch={branch}
            earlier={messages.hasNextPage ? { load: () => void messages.fetchNextPage(), loading: messages.isFetchingNextPage } : null}
            runs={runs.data ?? []}
            live={run.live}
            runId={run.runId}
            error={messages.error ?? conversation.error ?? run.error}
            busy={busy}
            conversationId={conversationId}
            onRetry={(messageId) => void retry(messageId)}
            onEdit={(message, text) => void send({ text, variables: [], attachment_ids: message.attachments.map(({ id: file }) => file) }, message.parent_id)}
          />
        )}
        <Composer key={conversationId ?? id} place={conversationId ?? id} variables={conversationId === undefined || branch.length === 0 ? agent.data.variables : []} busy={busy} onSend={(draft) => send(draft)} onStop={run.live === null ? undefined : () => void run.stop().catch((error: unknown) => toast.error(textOf(error)))} />
      </section>
    </TalkFrame>
  );
}
