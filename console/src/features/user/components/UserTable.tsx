import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag, Typography, type MenuProps, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { StatusTag } from '@/components/StatusTag';
import { useFormat } from '@/lib/format';
import type { User } from '../api/users';

export type Act = 'edit' | 'reset' | 'password' | 'toggle' | 'delete';

interface Props {
  users: User[] | undefined;
  total: number;
  page: number;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
  onPage: (page: number) => void;
  onOpen: (user: User) => void;
  onAct: (act: Act, user: User) => void;
}

export function UserTable({ users, total, page, loading, error, retry, empty, onPage, onOpen, onAct }: Props) {
  const { t } = useTranslation('user');
  const { t: common } = useTranslation();
  const format = useFormat();
  const menu = (user: User): MenuProps => ({
    items: [
      { key: 'edit', label: common('action.edit') },
      { key: 'reset', label: t(user.invited_until === null ? 'resetByLink' : 'inviteAgain') },
      { key: 'password', label: t('setPassword') },
      { key: 'toggle', label: common(user.status === 'enabled' ? 'action.disable' : 'action.enable') },
      { type: 'divider' },
      { key: 'delete', danger: true, label: common('action.delete') },
    ],
    onClick: ({ key }) => onAct(key as Act, user),
  });
  const columns: TableProps<User>['columns'] = [
    {
      title: t('user'),
      key: 'user',
      render: (_, user) => (
        <>
          <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => onOpen(user)}>
            {user.username}
          </Button>
          <br />
          <Typography.Text type="secondary" className="break-anywhere">
            {user.email}
          </Typography.Text>
        </>
      ),
    },
    { title: t('role'), key: 'role', width: 130, render: (_, user) => <Tag color={user.role === 'admin' ? 'processing' : 'default'}>{t(`roles.${user.role}`)}</Tag> },
    { title: t('status'), key: 'status', width: 110, render: (_, user) => <StatusTag on={user.status === 'enabled'} /> },
    {
      title: t('lastLogin'),
      key: 'login',
      width: 160,
      render: (_, user) => (user.invited_until !== null ? <Tag color="warning">{t('invited')}</Tag> : user.last_login_at === null ? t('never') : <span title={format.time(user.last_login_at)}>{format.relative(user.last_login_at)}</span>),
    },
    { title: t('created'), key: 'created', width: 150, className: 'one-line', render: (_, user) => format.date(user.created_at) },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 64,
      align: 'right',
      render: (_, user) => (
        <Dropdown trigger={['click']} menu={menu(user)} placement="bottomRight">
          <Button type="text" icon={<MoreOutlined />} aria-label={t('actionsOf', { name: user.username })} />
        </Dropdown>
      ),
    },
  ];
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={users}
      rowKey={(user) => user.id}
      loading={loading}
      error={error}
      retry={retry}
      empty={empty}
      paging={{ page, total, onPage }}
      minWidth={840}
    />
  );
}
