import { Alert, Button, Space, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { useBudgetAmount } from '@/components/useBudgetAmount';
import { useFormat } from '@/lib/format';
import { useOwnBudgets } from '@/lib/ownBudgets';
import { mayRetry, troubleOf } from '../failures';
import type { Failure } from '../model/tree';

const SCOPES = ['organisation', 'team', 'user', 'caller_key', 'model'];

/** Why there is no answer, in people's words, and what they can do. */
export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const { t } = useTranslation(['chat', 'errors']);
  const format = useFormat();
  const trouble = troubleOf(failure);
  const wait = useCountdown(trouble === 'rate' ? failure.retryAfter : null);
  const scope = SCOPES.find((known) => known === failure.budgetScope) ?? 'any';
  return (
    <Alert
      className="chat-failure"
      type={trouble === 'budget' || trouble === 'rate' ? 'warning' : 'error'}
      showIcon
      title={trouble === 'budget' ? t(`failure.budget.${scope}`) : t(`failure.${trouble}.title`)}
      description={
        <>
          {trouble === 'budget' && <Left failure={failure} />}
          <div className="break-anywhere">{text()}</div>
          <Space wrap style={{ marginTop: 8 }}>
            {onRetry !== undefined && mayRetry(trouble) && (
              <Button size="small" onClick={onRetry} disabled={wait > 0}>
                {wait > 0 ? t('failure.retryIn', { seconds: wait }) : t('failure.retry')}
              </Button>
            )}
            {trouble === 'budget' && (
              <LinkButton to="/usage" size="small">
                {t('failure.budgets')}
              </LinkButton>
            )}
          </Space>
          {failure.requestId !== null && (
            <div>
              <Typography.Text type="secondary" className="break-anywhere" style={{ fontSize: 12 }}>
                {t('failure.id', { id: failure.requestId })}
              </Typography.Text>
            </div>
          )}
        </>
      }
    />
  );

  function text(): string {
    switch (trouble) {
      case 'budget':
        return failure.resetsAt === null ? t('failure.budgetForever') : t('failure.budgetResets', { when: format.relative(failure.resetsAt), time: format.time(failure.resetsAt) });
      case 'rate':
        return failure.retryAfter === null ? t('failure.rate.text') : t('failure.rate.wait', { seconds: failure.retryAfter });
      case 'setup':
        return t(`errors:${failure.code}`);
      case 'other':
        return failure.message;
      default:
        return t(`failure.${trouble}.text`);
    }
  }
}

/** What is left of the budget that said no: some may be, and the question would still take more than that. */
function Left({ failure }: { failure: Failure }) {
  const { t } = useTranslation('chat');
  const amount = useBudgetAmount();
  const budget = useOwnBudgets().data?.find(({ scope, status, window }) => scope === failure.budgetScope && status === 'enabled' && sameMoment(window.resets_at, failure.resetsAt));
  return budget === undefined ? null : <div>{t('failure.budgetLeft', { left: amount(budget, budget.window.remaining), limit: amount(budget, budget.window.limit) })}</div>;
}

function sameMoment(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));
}

/** Counts whole seconds down to nothing. */
function useCountdown(seconds: number | null): number {
  const [left, setLeft] = useState(seconds ?? 0);
  useEffect(() => {
    if (left <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
