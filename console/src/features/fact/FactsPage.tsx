import { App, Button, Popconfirm, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { isLost } from '@/lib/query';
import { useAgentNames, useFacts, useForgetAll } from './api/facts';
import { AgentFacts } from './components/AgentFacts';
import { grouped } from './grouped';
import './fact.css';

/** What agents keep about the person: visible, and erasable. */
export function FactsPage() {
  const { t } = useTranslation('fact');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const facts = useFacts();
  const names = useAgentNames();
  const forgetting = useForgetAll();
  const erase = () => forgetting.mutateAsync(undefined).catch((error: unknown) => void message.error(textOf(error)));
  const groups = grouped(facts.data ?? []);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          groups.length > 0 && (
            <Popconfirm title={t('eraseEverything')} okText={t('erase')} okButtonProps={{ danger: true }} onConfirm={erase}>
              <Button danger loading={forgetting.isPending}>
                {t('eraseWhole')}
              </Button>
            </Popconfirm>
          )
        }
      />
      {isLost(facts) ? (
        <ErrorState error={facts.error} retry={() => void facts.refetch()} />
      ) : facts.isPending ? (
        <Skeleton active />
      ) : groups.length === 0 ? (
        <EmptyState title={t('none')} description={t('noneText')} action={<LinkButton to="/agents">{t('toAgents')}</LinkButton>} />
      ) : (
        groups.map(({ agentId, facts: kept }) => <AgentFacts key={agentId} agentId={agentId} name={names.data?.get(agentId)?.name ?? t('unknownAgent')} icon={names.data?.get(agentId)?.icon ?? ''} facts={kept} />)
      )}
    </>
  );
}
