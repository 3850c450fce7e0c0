import { Card, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { BudgetMeter } from '@/components/BudgetMeter';
import { ErrorState } from '@/components/ErrorState';
import { useOwnBudgets } from '@/lib/ownBudgets';
import { isLost } from '@/lib/query';

/** What is left of each budget, and when it begins anew. */
export function BudgetsCard() {
  const { t } = useTranslation('home');
  const budgets = useOwnBudgets();
  return (
    <Card title={<h2 className="card-title">{t('budgets')}</h2>} style={{ height: '100%' }}>
      {budgets.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 3 }} />
      ) : isLost(budgets) ? (
        <ErrorState error={budgets.error} retry={() => void budgets.refetch()} />
      ) : budgets.data.length === 0 ? (
        <Typography.Text type="secondary">{t('noBudgets')}</Typography.Text>
      ) : (
        budgets.data.map((budget) => <BudgetMeter key={budget.id} budget={budget} />)
      )}
    </Card>
  );
}
