import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteByName } from '@/components/DeleteByName';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { isLost } from '@/lib/query';
import { useChangeKey, useCreateKey, useKeys, useRevokeKey, type CallerKey } from './api/keys';
import { KeyForm } from './components/KeyForm';
import { KeyTable } from './components/KeyTable';
import { NewKeyDialog } from './components/NewKeyDialog';
import './components/key.css';

const route = getRouteApi('/app/keys');
const PAGE_SIZE = 20;

/** The keys that one's own programs call with. */
export function KeysPage() {
  const { t } = useTranslation('key');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const page = search.page ?? 1;
  const pageSize = search.page_size ?? PAGE_SIZE;
  const keys = useKeys(page, pageSize);
  const creating = useCreateKey();
  const changing = useChangeKey();
  const revoking = useRevokeKey();
  const [edited, setEdited] = useState<CallerKey | null>(null);
  const [revoked, setRevoked] = useState<CallerKey | null>(null);
  const formOpen = (search.create === true && !creating.isSuccess) || edited !== null;

  const openForm = () => void navigate({ search: (before) => ({ ...before, create: true as const }) });
  const closeForm = () => {
    setEdited(null);
    changing.reset();
    creating.reset();
    void navigate({ search: { ...(search.page === undefined ? {} : { page: search.page }), ...(search.page_size === undefined ? {} : { page_size: search.page_size }) }, replace: true });
  };
  const newKey = (
    <Button type="primary" icon={<PlusOutlined />} onClick={openForm}>
      {t('create')}
    </Button>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={newKey} />
      {isLost(keys) ? (
        <ErrorState error={keys.error} retry={() => void keys.refetch()} />
      ) : (
        <KeyTable
          keys={keys.data?.data ?? []}
          loading={keys.isPending}
          onEdit={setEdited}
          onRevoke={setRevoked}
          pagination={{
            current: page,
            pageSize,
            total: keys.data?.total ?? 0,
            hideOnSinglePage: true,
            showTotal: (count) => common('table.total', { count }),
            onChange: (next, size) => void navigate({ search: { ...(next > 1 ? { page: next } : {}), ...(size === PAGE_SIZE ? {} : { page_size: size }) } }),
          }}
          locale={{ emptyText: keys.isPending ? ' ' : <EmptyState title={t('none')} description={t('noneText')} action={newKey} /> }}
        />
      )}
      <KeyForm
        open={formOpen}
        edited={edited}
        busy={creating.isPending || changing.isPending}
        error={edited === null ? creating.error : changing.error}
        onCancel={closeForm}
        onSubmit={(fields) =>
          edited === null
            ? creating.mutate(fields)
            : changing.mutate(
                { id: edited.id, fields },
                {
                  onSuccess: () => {
                    message.success(common('state.saved'));
                    closeForm();
                  },
                },
              )
        }
      />
      {creating.data !== undefined && <NewKeyDialog secret={creating.data.key} allowedModels={creating.data.allowed_models} onClose={closeForm} />}
      <DeleteByName
        of={revoked}
        nameOf={({ name }) => name}
        title={t('revokeTitle')}
        consequence={t('revokeText')}
        action={t('revoke')}
        done={t('revokedDone')}
        busy={revoking.isPending}
        onDelete={({ id }, then) => revoking.mutate(id, then)}
        onClose={() => setRevoked(null)}
      />
    </>
  );
}
