import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Answer } from '../model/tree';

/** Tokens, times and cost of an answer, as the provider and the server tell them. */
export function AnswerFacts({ answer }: { answer: Answer }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { tokens, firstMs, durationMs, cost } = answer;
  const over = answer.state !== 'waiting' && answer.state !== 'streaming';
  return (
    <span className="chat-facts numbers">
      {tokens !== null && (
        <Tooltip title={t('tokensHelp')}>
          <span>{t('tokens', { input: format.count(tokens.input), output: format.count(tokens.output) })}</span>
        </Tooltip>
      )}
      {firstMs !== null && <span>{t('first', { time: format.milliseconds(firstMs) })}</span>}
      {durationMs !== null && <span>{t('duration', { time: format.milliseconds(durationMs) })}</span>}
      {cost !== null ? (
        <Tooltip title={cost.some((charge) => charge.estimated) ? t('costEstimated') : t('costHelp')}>
          <span className="chat-cost">
            {cost.some((charge) => charge.estimated) && '≈ '}
            {cost.map((charge) => format.money(charge.amount, charge.currency)).join(' + ')}
          </span>
        </Tooltip>
      ) : (
        over && answer.content !== '' && answer.requestId !== null && (
          <Tooltip title={t('costPending')}>
            <span aria-label={t('costPending')}>…</span>
          </Tooltip>
        )
      )}
    </span>
  );
}
