import { Link } from '@tanstack/react-router';
import { Descriptions, Drawer, Skeleton, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { BudgetUse } from '@/components/BudgetUse';
import { ErrorState } from '@/components/ErrorState';
import { StatusTag } from '@/components/StatusTag';
import { useBudgetName } from '@/components/useBudgetName';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useBudgetsOf } from '../api/belongings';
import { useUserDetails, type User } from '../api/users';
import { UserKeys } from './UserKeys';
import { UserTeams } from './UserTeams';
import './user.css';

function Details({ user }: { user: User }) {
  const { t } = useTranslation('user');
  const format = useFormat();
  const nameOf = useBudgetName();
  const budgets = useBudgetsOf(user.id);
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'email', label: t('email'), children: <span className="break-anywhere">{user.email}</span> },
          { key: 'role', label: t('role'), children: <Tag>{t(`roles.${user.role}`)}</Tag> },
          { key: 'status', label: t('status'), children: <StatusTag on={user.status === 'enabled'} /> },
          { key: 'login', label: t('lastLogin'), children: user.last_login_at === null ? t('never') : format.time(user.last_login_at) },
        ]}
      />
      <Space size="middle" wrap style={{ margin: '12px 0' }}>
        <Link to="/admin/usage" search={{ user_id: user.id, by: 'model' }}>
          {t('usage')}
        </Link>
        <Link to="/admin/calls" search={{ user_id: user.id }}>
          {t('calls')}
        </Link>
        <Link to="/admin/audit" search={{ actor: user.id }}>
          {t('audit')}
        </Link>
      </Space>
      <Typography.Title level={3} className="user-section">
        {t('teams')}
      </Typography.Title>
      <UserTeams user={user} />
      <Typography.Title level={3} className="user-section">
        {t('keys')}
      </Typography.Title>
      <UserKeys user={user.id} />
      <Typography.Title level={3} className="user-section">
        {t('budgets')}
      </Typography.Title>
      {isLost(budgets) && <ErrorState error={budgets.error} />}
      {budgets.data?.data.map((budget) => (
        <div key={budget.id} style={{ marginBottom: 14 }}>
          <Typography.Text>{nameOf(budget)}</Typography.Text>
          <BudgetUse budget={budget} />
        </div>
      ))}
      <p>
        <Link to="/admin/budgets" search={{ scope: 'user', subject_id: user.id }}>
          {t(budgets.data?.data.length === 0 ? 'noBudgets' : 'allBudgets')}
        </Link>
      </p>
    </>
  );
}

/** Everything about one user: teams, keys, budgets, and where to read on. */
export function UserDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('user');
  const user = useUserDetails(id);
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={520} title={user.data?.username ?? t('user')} destroyOnHidden>
      {isLost(user) && <ErrorState error={user.error} retry={() => void user.refetch()} />}
      {user.isPending && id !== undefined && <Skeleton active />}
      {user.data !== undefined && id === user.data.id && <Details user={user.data} />}
    </Drawer>
  );
}
