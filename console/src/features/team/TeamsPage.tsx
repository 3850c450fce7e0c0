import { MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Dropdown, Tag, Typography, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { SearchInput } from '@/components/SearchInput';
import { cleaned } from '@/lib/cleaned';
import { useFormat } from '@/lib/format';
import { useDeleteTeam, useSaveTeam, useTeams, type Team } from './api/teams';
import { TeamDrawer } from './components/TeamDrawer';
import { TeamForm } from './components/TeamForm';

const route = getRouteApi('/app/admin/teams');

type Act = { act: 'create' } | { act: 'edit' | 'delete'; team: Team };

/** Teams: who shares budgets and limits. */
export function TeamsPage() {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const teams = useTeams(search);
  const saving = useSaveTeam();
  const deleting = useDeleteTeam();
  const [act, setAct] = useState<Act | null>(null);
  const edited = act?.act === 'edit' ? act.team : null;
  const close = () => {
    setAct(null);
    saving.reset();
  };
  const open = (team: Team) => void navigate({ search: (before) => ({ ...before, team: team.id }) });
  const newTeam = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ act: 'create' })}>
      {t('create')}
    </Button>
  );
  const columns: TableProps<Team>['columns'] = [
    {
      title: t('team'),
      key: 'team',
      render: (_, team) => (
        <>
          <Button type="link" style={{ padding: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }} onClick={() => open(team)}>
            {team.name}
          </Button>{' '}
          {team.is_default && <Tag>{t('default')}</Tag>}
          {team.description !== '' && (
            <>
              <br />
              <Typography.Text type="secondary" ellipsis style={{ maxWidth: 520 }}>
                {team.description}
              </Typography.Text>
            </>
          )}
        </>
      ),
    },
    { title: t('members'), key: 'members', width: 120, align: 'right', className: 'numbers', render: (_, team) => format.count(team.member_count) },
    { title: t('created'), key: 'created', width: 160, className: 'one-line', render: (_, team) => format.date(team.created_at) },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 64,
      align: 'right',
      render: (_, team) => (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            items: [
              { key: 'members', label: t('members') },
              { key: 'edit', label: common('action.edit') },
              { type: 'divider' },
              { key: 'delete', danger: true, disabled: team.is_default, label: common('action.delete') },
            ],
            onClick: ({ key }) => (key === 'members' ? open(team) : setAct({ act: key as 'edit' | 'delete', team })),
          }}
        >
          <Button type="text" icon={<MoreOutlined />} aria-label={t('actionsOf', { name: team.name })} />
        </Dropdown>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={newTeam} />
      <div className="filters">
        <SearchInput value={search.q} label={t('search')} onSearch={(q) => void navigate({ search: cleaned({ q }), replace: true })} />
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={teams.data?.data}
        rowKey={(team) => team.id}
        loading={teams.isPending}
        error={teams.error}
        retry={() => void teams.refetch()}
        empty={search.q === undefined ? <EmptyState title={t('none')} action={newTeam} /> : <EmptyState title={t('notFound')} />}
        paging={{ page: search.page ?? 1, total: teams.data?.total ?? 0, onPage: (page) => void navigate({ search: (before) => ({ ...before, page }) }) }}
        minWidth={560}
      />
      <TeamDrawer id={search.team} onClose={() => void navigate({ search: (before) => cleaned({ ...before, team: undefined }) })} />
      <TeamForm
        open={act?.act === 'create' || act?.act === 'edit'}
        edited={edited}
        busy={saving.isPending}
        error={saving.error}
        onCancel={close}
        onSubmit={(fields) =>
          saving.mutate(
            { id: edited?.id ?? null, fields },
            {
              onSuccess: (team) => {
                message.success(common('state.saved'));
                close();
                if (edited === null) {
                  open(team); // a new team wants members
                }
              },
            },
          )
        }
      />
      <DeleteByName
        of={act?.act === 'delete' ? act.team : null}
        nameOf={({ name }) => name}
        title={t('deleteTitle')}
        consequence={t('deleteText')}
        busy={deleting.isPending}
        onDelete={({ id }, then) => deleting.mutate(id, then)}
        onClose={close}
      />
    </>
  );
}
