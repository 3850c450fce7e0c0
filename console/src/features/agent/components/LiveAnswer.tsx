import { Link } from '@tanstack/react-router';
import { Alert, Button, Spin, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { Markdown } from '@/components/markdown/Markdown';
import { Reasoning } from '@/components/talk/Reasoning';
import type { LiveRun } from '../model/events';
import { ToolCallView } from './ToolCallView';

/** An answer while it comes: text, thoughts and tool calls in their order; at the end of a failed one, why. */
export function LiveAnswer({ live, runId, onRetry }: { live: LiveRun; runId: string | null; onRetry: (() => void) | undefined }) {
  const { t } = useTranslation(['agent', 'common']);
  const textOf = useErrorText();
  const running = live.status === 'running';
  return (
    <article aria-busy={running}>
      {live.older !== null && (
        <Typography.Paragraph type="secondary" style={{ fontSize: 13 }}>
          {t(`older.${live.older.kind}`, { count: live.older.messages })}
        </Typography.Paragraph>
      )}
      {live.parts.map((part, index) => {
        const growing = running && index === live.parts.length - 1;
        // Parts keep their places: only the last one grows.
        return part.kind === 'tool' ? (
          <ToolCallView key={index} call={part.call} />
        ) : part.kind === 'reasoning' ? (
          <Reasoning key={index} text={part.text} growing={growing} />
        ) : (
          <Markdown key={index} text={part.text} growing={growing} />
        );
      })}
      {running && <Spin size="small" aria-label={t('working')} />}
      {live.error !== null && (
        <Alert
          type={live.error.code === 'cancelled' || live.error.code === 'run_cancelled' ? 'info' : 'error'}
          showIcon
          title={textOf(live.error)}
          description={
            runId !== null && (
              <Link to="/runs/$id" params={{ id: runId }}>
                {t('showRun')}
              </Link>
            )
          }
          action={
            onRetry !== undefined && (
              <Button size="small" onClick={onRetry}>
                {t('common:action.retry')}
              </Button>
            )
          }
        />
      )}
    </article>
  );
}
