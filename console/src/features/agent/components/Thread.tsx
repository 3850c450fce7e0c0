import { Alert, Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { FollowingLog } from '@/components/talk/FollowingLog';
import type { ApiError } from '@/lib/errors';
import type { Run } from '../api/conversationRuns';
import type { Message } from '../api/conversations';
import type { LiveRun } from '../model/events';
import { AgentAnswer } from './AgentAnswer';
import { LiveAnswer } from './LiveAnswer';
import { UserMessage } from './UserMessage';

interface Props {
  branch: Message[];
  /** Asks for the messages above; null: there are none. */
  earlier: { load: () => void; loading: boolean } | null;
  runs: Run[];
  live: LiveRun | null;
  runId: string | null;
  error: ApiError | Error | null;
  busy: boolean;
  conversationId: string;
  onRetry: (messageId: string) => void;
  onEdit: (message: Message, text: string) => void;
}

/** The branch of the conversation that is in view, and what is being answered. */
export function Thread({ branch, earlier, runs, live, runId, error, busy, conversationId, onRetry, onEdit }: Props) {
  const { t } = useTranslation('agent');
  const last = branch.at(-1);
  // A question whose run failed, seen after a reload: the run says why.
  const failed = live === null && last?.role === 'user' ? runs.find((run) => run.message_id === last.id && (run.status === 'failed' || run.status === 'cancelled')) : undefined;
  return (
    <FollowingLog busy={busy} empty={branch.length === 0} first={branch[0]?.id} last={last?.id}>
      <div className="thread-column">
        {earlier !== null && (
          <Button className="talk-earlier" loading={earlier.loading} onClick={earlier.load}>
            {t('earlier')}
          </Button>
        )}
        {branch.length === 0 && live === null && error === null && <Skeleton active />}
        {branch.map((message) =>
          message.role === 'user' ? (
            <UserMessage key={message.id} message={message} conversationId={conversationId} busy={busy} onEdit={(text) => onEdit(message, text)} />
          ) : (
            <AgentAnswer key={message.id} message={message} conversationId={conversationId} run={runs.find(({ id }) => id === message.run_id)} busy={busy} onRetry={() => message.parent_id !== null && onRetry(message.parent_id)} />
          ),
        )}
        {live !== null && <LiveAnswer live={live} runId={runId} onRetry={last === undefined ? undefined : () => onRetry(last.id)} />}
        {failed !== undefined && last !== undefined && <LiveAnswer live={{ parts: [], status: 'failed', error: failed.error ?? { code: failed.status, message: '' }, answerId: null, older: null }} runId={failed.id} onRetry={() => onRetry(last.id)} />}
        {error !== null && <ErrorState error={error} />}
        {live?.status === 'waiting' && <Alert type="warning" showIcon title={t('waiting')} />}
      </div>
    </FollowingLog>
  );
}
