import { CopyOutlined, ReloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Markdown } from '@/components/markdown/Markdown';
import { IconAction, useCopy } from '@/components/talk/IconAction';
import { Reasoning } from '@/components/talk/Reasoning';
import { useFormat } from '@/lib/format';
import type { Run } from '../api/conversationRuns';
import type { Message } from '../api/conversations';
import { Siblings } from './Siblings';

interface Props {
  message: Message;
  messages: Message[];
  conversationId: string;
  run: Run | undefined;
  /** Its run is not among those that were loaded. */
  older: boolean;
  busy: boolean;
  onRetry: () => void;
}

/** A stored answer, with what it used and cost by the gateway's records; of an answer long ago, its run says that. */
export function AgentAnswer({ message, messages, conversationId, run, older, busy, onRetry }: Props) {
  const { t } = useTranslation(['agent', 'talk']);
  const copy = useCopy();
  const format = useFormat();
  return (
    <article>
      {message.reasoning !== '' && <Reasoning text={message.reasoning} />}
      <Markdown text={message.text} />
      <div className="talk-actions">
        <IconAction icon={<CopyOutlined />} label={t('talk:copyAnswer')} onClick={() => copy(message.text)} disabled={message.text === ''} />
        <IconAction icon={<ReloadOutlined />} label={t('talk:again')} disabled={busy} onClick={onRetry} />
        <Siblings message={message} messages={messages} conversationId={conversationId} busy={busy} label={t('talk:answerVersions')} />
        {run !== undefined && (
          <Typography.Text type="secondary" className="numbers" style={{ fontSize: 13, marginInlineStart: 8 }}>
            {t('used', { tokens: format.count(run.usage.total_tokens) })}
            {run.usage.cost.map(({ amount, currency }) => ` · ${format.money(amount, currency)}`)}
            {!run.usage.complete && ` · ${t('costComing')}`}
            {' · '}
            <Link to="/runs/$id" params={{ id: run.id }} style={{ textDecoration: 'underline' }}>
              {t('steps', { count: run.step_count })}
            </Link>
          </Typography.Text>
        )}
        {older && message.run_id !== null && (
          <Link to="/runs/$id" params={{ id: message.run_id }} style={{ textDecoration: 'underline', fontSize: 13, marginInlineStart: 8 }}>
            {t('showRun')}
          </Link>
        )}
      </div>
    </article>
  );
}
