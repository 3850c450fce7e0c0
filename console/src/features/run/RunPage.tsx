import { getRouteApi, Link } from '@tanstack/react-router';
import { Alert, Card, Descriptions, Skeleton, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { PageHeader } from '@/components/PageHeader';
import { ApiError } from '@/lib/errors';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useInspection, type Inspection } from './api/run';
import { OlderMessages } from './components/OlderMessages';
import { Timeline } from './components/Timeline';

const route = getRouteApi('/app/runs/$id');
const COLOURS: Record<string, string> = { done: 'success', failed: 'error', cancelled: 'default', waiting: 'warning', running: 'processing', queued: 'processing' };

function Facts({ run, children }: { run: Inspection['run']; children: Inspection['children'] }) {
  const { t } = useTranslation('run');
  const format = useFormat();
  const cost = run.usage.cost.map(({ amount, currency }) => format.money(amount, currency)).join(' + ');
  const duration = run.ended_at === null || run.started_at === null ? null : new Date(run.ended_at).getTime() - new Date(run.started_at).getTime();
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, xl: 4 }}
      items={[
        { key: 'status', label: t('status'), children: <Tag color={COLOURS[run.status] ?? 'default'}>{t(`state.${run.status}`)}</Tag> },
        { key: 'agent', label: t('agent'), children: `${run.agent.name} · ${t('version', { version: run.agent.version })}` },
        { key: 'model', label: t('model'), children: run.model_id },
        { key: 'started', label: t('started'), children: format.time(run.started_at) },
        { key: 'duration', label: t('duration'), children: format.milliseconds(duration) },
        { key: 'steps', label: t('steps'), children: `${run.step_count} / ${run.limits.max_steps}` },
        { key: 'tokens', label: t('tokens'), children: `${format.count(run.usage.input_tokens)} + ${format.count(run.usage.output_tokens)}` },
        { key: 'cost', label: t('cost'), children: cost === '' ? (run.usage.complete ? format.money('0', 'USD') : t('costComing')) : cost },
        ...children.map((child) => ({
          key: child.id,
          label: t('child'),
          children: (
            <Link to="/runs/$id" params={{ id: child.id }}>
              {child.agent.name}
            </Link>
          ),
        })),
      ]}
    />
  );
}

/** One run, step by step: what it thought, called, used and cost, and how it ended. */
export function RunPage() {
  const { t } = useTranslation('run');
  const { id } = route.useParams();
  const textOf = useErrorText();
  const inspection = useInspection(id);
  if (isLost(inspection)) {
    return <ErrorState error={inspection.error} retry={() => void inspection.refetch()} list="/agents" />;
  }
  if (inspection.data === undefined) {
    return <Skeleton active />;
  }
  const { run, older, steps, children } = inspection.data;
  return (
    <>
      <PageHeader
        title={t('title', { agent: run.agent.name })}
        description={t('lead')}
        actions={
          run.conversation_id !== null &&
          run.agent.id !== null && (
            <LinkButton to="/agents/$id" params={{ id: run.agent.id }} search={{ conversation: run.conversation_id }}>
              {t('toConversation')}
            </LinkButton>
          )
        }
      />
      {run.error !== null && <Alert type={run.status === 'cancelled' ? 'info' : 'error'} showIcon style={{ marginBottom: 16 }} title={textOf(new ApiError(200, run.error))} />}
      <Card style={{ marginBottom: 16 }}>
        <Facts run={run}>{children}</Facts>
      </Card>
      {older !== null && <OlderMessages older={older} />}
      <Timeline steps={steps} began={run.started_at ?? run.created_at} />
    </>
  );
}
