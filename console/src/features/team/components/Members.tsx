import { Alert, Button, Select, Space, Table, Tag, type TableProps } from 'antd';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { UserPicker } from '@/components/pickers';
import type { Control } from '@/lib/api';
import { usePutMember, useRemoveMember, type TeamRole } from '../api/members';

type Member = Control['TeamMember'];

const ROLES: TeamRole[] = ['member', 'lead'];

/** Who is in a team; people are added and given roles here. */
export function Members({ team }: { team: Control['TeamWithMembers'] }) {
  const { t } = useTranslation('team');
  const textOf = useErrorText();
  const putting = usePutMember(team.id);
  const removing = useRemoveMember(team.id);
  const [user, setUser] = useState<string | undefined>();
  const [role, setRole] = useState<TeamRole>('member');
  const failed = putting.error ?? removing.error;
  const roles = ROLES.map((value) => ({ value, label: t(`roles.${value}`) }));
  const columns: TableProps<Member>['columns'] = [
    {
      title: t('member'),
      key: 'member',
      render: (_, member) => (
        <Space>
          <Link to="/admin/users" search={{ user: member.user_id }}>
            {member.username}
          </Link>
          {member.pays && <Tag>{t('pays')}</Tag>}
        </Space>
      ),
    },
    {
      title: t('role'),
      key: 'role',
      width: 130,
      render: (_, member) => (
        <Select
          size="small"
          variant="borderless"
          aria-label={t('roleOf', { name: member.username })}
          value={member.role}
          options={roles}
          style={{ minWidth: 100 }}
          onChange={(next) => putting.mutate({ user: member.user_id, role: next })}
        />
      ),
    },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 90,
      align: 'right',
      render: (_, member) =>
        !team.is_default && (
          <Button size="small" type="text" aria-label={t('removeOf', { name: member.username })} onClick={() => removing.mutate(member.user_id)}>
            {t('remove')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Space wrap style={{ marginBottom: 12 }}>
        <UserPicker label={t('addUser')} value={user} onChange={setUser} style={{ width: 200 }} />
        <Select aria-label={t('role')} value={role} options={roles} onChange={setRole} style={{ width: 110 }} />
        <Button
          type="primary"
          disabled={user === undefined}
          loading={putting.isPending}
          onClick={() => user !== undefined && putting.mutate({ user, role }, { onSuccess: () => setUser(undefined) })}
        >
          {t('add')}
        </Button>
      </Space>
      {failed !== null && <Alert type="error" showIcon title={textOf(failed)} style={{ marginBottom: 12 }} />}
      <Table<Member>
        size="small"
        aria-label={t('members')}
        columns={columns}
        dataSource={team.members}
        rowKey="user_id"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('noMembers') }}
      />
      {team.member_count > team.members.length && (
        <Link to="/admin/users" search={{ team_id: team.id }}>
          {t('allMembers', { count: team.member_count })}
        </Link>
      )}
    </>
  );
}
