import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { TeamPicker } from '@/components/pickers';
import { SearchInput } from '@/components/SearchInput';
import { cleaned } from '@/lib/cleaned';
import { useChangeUser, useCreateUser, useDeleteUser, useResetPassword, useUsers, type User } from './api/users';
import { LinkDialog } from './components/LinkDialog';
import { PasswordForm } from './components/PasswordForm';
import { UserDrawer } from './components/UserDrawer';
import { UserForm } from './components/UserForm';
import { UserTable, type Act } from './components/UserTable';
import { ROLES, STATUSES, type UserSearch } from './search';

const route = getRouteApi('/app/admin/users');

/** Accounts: who there is, what they may, and whether they may still. */
export function UsersPage() {
  const { t } = useTranslation('user');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const users = useUsers(search);
  const creating = useCreateUser();
  const changing = useChangeUser();
  const toggling = useChangeUser();
  const deleting = useDeleteUser();
  const resetting = useResetPassword();
  const invitation = creating.data?.invitation ?? resetting.data;
  const [act, setAct] = useState<{ act: Act | 'create'; user: User | null } | null>(null);

  const show = (next: UserSearch) => void navigate({ search: (before) => cleaned({ ...before, page: undefined, ...next }), replace: true });
  const done = (text: string) => {
    message.success(text);
    setAct(null);
  };
  const close = () => {
    setAct(null);
    creating.reset();
    changing.reset();
    resetting.reset();
  };
  const toggle = (user: User) =>
    toggling.mutate(
      { id: user.id, fields: { status: user.status === 'enabled' ? 'disabled' : 'enabled' } },
      { onSuccess: () => message.success(t(user.status === 'enabled' ? 'disabledDone' : 'enabledDone', { name: user.username })), onError: (error) => message.error(textOf(error)) },
    );
  const filtered = [search.q, search.role, search.status, search.team_id].some((filter) => filter !== undefined);
  const newUser = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ act: 'create', user: null })}>
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={newUser} />
      <div className="filters">
        <SearchInput value={search.q} onSearch={(q) => show({ q })} label={t('search')} />
        <Select allowClear aria-label={t('role')} placeholder={t('role')} value={search.role} style={{ minWidth: 120 }} options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))} onChange={(role) => show({ role })} />
        <Select allowClear aria-label={t('status')} placeholder={t('status')} value={search.status} style={{ minWidth: 110 }} options={STATUSES.map((value) => ({ value, label: common(`state.${value}`) }))} onChange={(status) => show({ status })} />
        <TeamPicker label={t('team')} value={search.team_id} onChange={(team) => show({ team_id: team })} />
      </div>
      <UserTable
        users={users.data?.data}
        total={users.data?.total ?? 0}
        page={search.page ?? 1}
        loading={users.isPending}
        error={users.error}
        retry={() => void users.refetch()}
        empty={filtered ? <EmptyState title={t('notFound')} description={t('notFoundHint')} /> : <EmptyState title={t('none')} action={newUser} />}
        onPage={(page) => show({ page })}
        onOpen={(user) => void navigate({ search: (before) => ({ ...before, user: user.id }) })}
        onAct={(next, user) => (next === 'toggle' ? toggle(user) : setAct({ act: next, user }))}
      />
      <UserDrawer id={search.user} onClose={() => void navigate({ search: (before) => cleaned({ ...before, user: undefined }) })} />
      <UserForm
        open={act?.act === 'create' || act?.act === 'edit'}
        edited={act?.act === 'edit' ? act.user : null}
        busy={creating.isPending || changing.isPending}
        error={act?.act === 'create' ? creating.error : changing.error}
        onCancel={close}
        onSubmit={(fields) =>
          act?.user
            ? changing.mutate({ id: act.user.id, fields }, { onSuccess: () => done(common('state.saved')) })
            : creating.mutate(fields, { onSuccess: (user) => (user.invitation === undefined ? done(t('createdDone', { name: user.username })) : setAct({ act: 'reset', user })) })
        }
      />
      <Modal
        open={act?.act === 'reset' && invitation === undefined}
        title={t('resetTitle', { name: act?.user?.username ?? '' })}
        okText={t('makeLink')}
        okButtonProps={{ loading: resetting.isPending }}
        onOk={() => act?.user && resetting.mutate(act.user.id)}
        onCancel={close}
      >
        {resetting.isError && <ErrorState error={resetting.error} />}
        {t('resetText')}
      </Modal>
      {act?.act === 'reset' && invitation !== undefined && <LinkDialog invitation={invitation} name={act.user?.username ?? ''} onClose={close} />}
      <PasswordForm
        user={act?.act === 'password' ? act.user : null}
        busy={changing.isPending}
        error={changing.error}
        onCancel={close}
        onSubmit={(password) => act?.user && changing.mutate({ id: act.user.id, fields: { password } }, { onSuccess: () => done(t('resetDone')) })}
      />
      <DeleteByName
        of={act?.act === 'delete' ? (act.user ?? null) : null}
        nameOf={({ username }) => username}
        title={t('deleteTitle', { name: act?.user?.username ?? '' })}
        consequence={t('deleteText')}
        busy={deleting.isPending}
        onDelete={({ id }, then) => deleting.mutate(id, then)}
        onClose={close}
      />
    </>
  );
}
