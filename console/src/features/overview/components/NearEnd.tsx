import { Link } from '@tanstack/react-router';
import { Card, Progress, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { sharesOf } from '@/components/BudgetUse';
import { useBudgetAmount } from '@/components/useBudgetAmount';
import { useBudgetName } from '@/components/useBudgetName';
import { isLost } from '@/lib/query';
import { useBudgetsNearEnd, type Budget } from '../api/useBudgetsNearEnd';

function Spent({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const amount = useBudgetAmount('compact');
  return <span className="numbers overview-note">{t('budgetUse.spent', { spent: amount(budget, budget.window.spent), limit: amount(budget, budget.window.limit) })}</span>;
}

/** Budgets over their warning threshold. */
export function NearEnd() {
  const { t } = useTranslation('overview');
  const nameOf = useBudgetName();
  const budgets = useBudgetsNearEnd();
  return (
    <Card size="small" title={t('nearEnd')} extra={<Link to="/admin/budgets">{t('all')}</Link>}>
      {budgets.isPending && <Skeleton active title={false} />}
      {isLost(budgets) && <ErrorState error={budgets.error} retry={() => void budgets.refetch()} />}
      {budgets.data?.length === 0 && <EmptyState title={t('noneNearEnd')} />}
      <ul className="overview-rank">
        {budgets.data?.map((budget) => (
          <li key={budget.id}>
            <div className="overview-row">
              <Link to="/admin/budgets" search={budget.subject_id === null ? { scope: budget.scope } : { scope: budget.scope, subject_id: budget.subject_id }}>
                {nameOf(budget)}
              </Link>
              <Spent budget={budget} />
            </div>
            <Progress
              percent={Math.round(sharesOf(budget).spent)}
              size="small"
              status={sharesOf(budget).spent >= 100 ? 'exception' : 'normal'}
              aria-label={t('used', { name: nameOf(budget) })}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
