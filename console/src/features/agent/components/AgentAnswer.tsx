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
  conversationId: string;
  /** Its run as it was asked for last; undefined: one of long ago, which is as the message says. */
  run: Run | undefined;
  busy: boolean;
  onRetry: () => void;
}

/** A stored answer, with what it used and cost by the gateway's records. */
export function AgentAnswer({ message, conversationId, run, busy, onRetry }: Props) {
  const { t } = useTranslation(['agent', 'talk']);
  const copy = useCopy();
  const format = useFormat();
  const did = run ?? message.answered;
  return (
    <article>
      {message.reasoning !== '' && <Reasoning text={message.reasoning} />}
      <Markdown text={message.text} />
      <div className="talk-actions">
        <IconAction icon={<CopyOutlined />} label={t('talk:copyAnswer')} onClick={() => copy(message.text)} disabled={message.text === ''} />
        <IconAction icon={<ReloadOutlined />} label={t('talk:again')} disabled={busy} onClick={onRetry} />
        <Siblings message={message} conversationId={conversationId} busy={busy} label={t('talk:answerVersions')} />
        {did !== null && message.run_id !== null && (
          <Typography.Text type="secondary" className="numbers" style={{ fontSize: 13, marginInlineStart: 8 }}>
            {t('used', { tokens: format.count(did.usage.total_tokens) })}
            {did.usage.cost.map(({ amount, currency }) => ` · ${format.money(amount, currency)}`)}
            {!did.usage.complete && ` · ${t('costComing')}`}
            {' · '}
            <Link to="/runs/$id" params={{ id: message.run_id }} style={{ textDecoration: 'underline' }}>
              {t('steps', { count: did.step_count })}
            </Link>
          </Typography.Text>
        )}
      </div>
    </article>
  );
}
