import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { TalkFrame, useIsPhone } from '@/components/talk/TalkFrame';
import { DEMO, useCallableModels, type CallableModel } from '@/lib/callableModels';
import { isLost } from '@/lib/query';
import { onSessionEnd, useUser } from '@/lib/session';
import { stopAll } from './api/answer';
import { ConversationList } from './components/ConversationList';
import { Talk } from './components/Talk';
import { chatState, closeStore, openStore, selectConversation, startConversation, useChatState } from './model/store';
import './components/chat.css';

const route = getRouteApi('/app/chat');

onSessionEnd(() => {
  stopAll();
  closeStore();
});

/** The playground: talk to any model that one may use, or to two of them side by side. */
export function ChatPage() {
  const { t } = useTranslation('chat');
  const user = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const models = useCallableModels();
  const { ready, conversations, current } = useChatState();
  const phone = useIsPhone();
  const [listOpen, setListOpen] = useState(false);
  const talkable = (models.data ?? []).filter((model) => model.type_code === 'text');
  const conversation = current === null ? undefined : conversations[current];
  const known = talkable.length > 0;

  useEffect(() => void openStore(user.id), [user.id]);
  useEffect(() => {
    if (!ready || !known) {
      return;
    }
    if (search.model !== undefined) {
      startConversation([search.model]);
      void navigate({ search: {}, replace: true });
    } else if (conversation === undefined) {
      startConversation([usualModel(talkable)]);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- models are looked at once, when there is nothing to show
  }, [ready, known, search.model, conversation === undefined]);

  if (isLost(models)) {
    return <ErrorState error={models.error} retry={() => void models.refetch()} />;
  }
  if (models.isSuccess && !known) {
    return <EmptyState title={t('noModel')} description={t('noModelText')} />;
  }
  if (conversation === undefined) {
    return <Skeleton active />;
  }
  const list = (
    <ConversationList
      conversations={Object.values(conversations)}
      current={conversation.id}
      onSelect={(id) => {
        selectConversation(id);
        setListOpen(false);
      }}
      onNew={() => {
        startConversation(conversation.models.slice(0, 1));
        setListOpen(false);
      }}
    />
  );
  return (
    <TalkFrame label={t('conversations')} list={list} open={listOpen} onClose={() => setListOpen(false)}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <Talk key={conversation.id} conversation={conversation} models={talkable} {...(phone ? { onList: () => setListOpen(true) } : {})} />
    </TalkFrame>
  );
}

/** The model of the latest conversation that is still there; else a real one, else the demo. */
function usualModel(models: CallableModel[]): string {
  const ids = models.map((model) => model.model_id);
  const latest = Object.values(chatState().conversations).sort((a, b) => b.updatedAt - a.updatedAt)[0]?.models[0];
  return (latest !== undefined && ids.includes(latest) ? latest : undefined) ?? ids.find((id) => id !== DEMO) ?? ids[0] ?? DEMO;
}
