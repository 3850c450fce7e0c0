import { MoreOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown, Space, Tag, Tooltip, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { BudgetUse } from '@/components/BudgetUse';
import { StatusTag } from '@/components/StatusTag';
import { useBudgetName } from '@/components/useBudgetName';
import { useFormat } from '@/lib/format';
import type { Budget } from '../api/budgets';

export type Act = 'edit' | 'topUp' | 'toggle' | 'delete';

function Subject({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const name = budget.subject_name ?? budget.subject_id ?? '';
  if (budget.scope === 'organisation' || budget.subject_id === null) {
    return <>{t('subject.organisation')}</>;
  }
  const shown = () => {
    switch (budget.scope) {
      case 'user':
        return (
          <Link to="/admin/users" search={{ user: budget.subject_id ?? '' }} className="budget-link">
            {name}
          </Link>
        );
      case 'team':
        return (
          <Link to="/admin/teams" search={{ team: budget.subject_id ?? '' }} className="budget-link">
            {name}
          </Link>
        );
      default:
        return <span>{name}</span>;
    }
  };
  return (
    <span className="break-anywhere">
      <Typography.Text type="secondary">{t(`subject.${budget.scope}`)}</Typography.Text> {shown()}
    </span>
  );
}

export function useBudgetColumns(onAct: (act: Act, budget: Budget) => void): TableProps<Budget>['columns'] {
  const { t } = useTranslation('budget');
  const { t: common } = useTranslation();
  const format = useFormat();
  const nameOf = useBudgetName();
  return [
    {
      title: t('budget'),
      key: 'budget',
      width: 240,
      render: (_, budget) => (
        <>
          <Typography.Text strong className="break-anywhere">
            {nameOf(budget)}
          </Typography.Text>
          <br />
          <Subject budget={budget} />
        </>
      ),
    },
    { title: t('use'), key: 'use', render: (_, budget) => <BudgetUse budget={budget} /> },
    {
      title: t('window'),
      key: 'window',
      width: 190,
      render: (_, budget) => (
        <Tooltip title={budget.time_zone}>
          <span>{t(`period.${budget.period}`)}</span>
          <br />
          <Typography.Text type="secondary">{budget.window.resets_at === null ? t('noReset') : t('resets', { when: format.relative(budget.window.resets_at) })}</Typography.Text>
        </Tooltip>
      ),
    },
    {
      title: t('enforcementLabel'),
      key: 'enforcement',
      width: 110,
      render: (_, budget) => (
        <Tooltip title={t(`enforcementHelp.${budget.enforcement}`)}>
          <Tag color={budget.enforcement === 'hard' ? 'processing' : 'default'}>{t(`enforcement.${budget.enforcement}`)}</Tag>
        </Tooltip>
      ),
    },
    { title: t('status'), key: 'status', width: 90, render: (_, budget) => <StatusTag on={budget.status === 'enabled'} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 140,
      align: 'right',
      render: (_, budget) => (
        <Space size={4}>
          <Button size="small" onClick={() => onAct('topUp', budget)} aria-label={t('topUpOf', { name: nameOf(budget) })}>
            {t('topUp')}
          </Button>
          <Dropdown
            trigger={['click']}
            placement="bottomRight"
            menu={{
              items: [
                { key: 'edit', label: common('action.edit') },
                { key: 'toggle', label: common(budget.status === 'enabled' ? 'action.disable' : 'action.enable') },
                { type: 'divider' },
                { key: 'delete', danger: true, label: common('action.delete') },
              ],
              onClick: ({ key }) => onAct(key as Act, budget),
            }}
          >
            <Button type="text" icon={<MoreOutlined />} aria-label={t('actionsOf', { name: nameOf(budget) })} />
          </Dropdown>
        </Space>
      ),
    },
  ];
}
