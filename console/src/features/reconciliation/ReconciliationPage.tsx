import { UploadOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Tag, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { useFormat } from '@/lib/format';
import { useReconcile, useReconciliations, type Summary } from './api/reconciliations';
import { Report } from './components/Report';
import { UploadForm } from './components/UploadForm';
import { Capture } from './components/Variances';

const route = getRouteApi('/app/admin/reconciliation');

/** Providers' bills held against what is on record here. */
export function ReconciliationPage() {
  const { t } = useTranslation('reconciliation');
  const { t: common } = useTranslation();
  const format = useFormat();
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useReconciliations();
  const reconciling = useReconcile();
  const [form, setForm] = useState(false);
  const open = (next: string | undefined) => void navigate({ search: next === undefined ? {} : { id: next } });
  const close = () => {
    setForm(false);
    reconciling.reset();
  };
  const upload = (
    <Button type="primary" icon={<UploadOutlined />} onClick={() => setForm(true)}>
      {t('upload')}
    </Button>
  );
  const columns: TableProps<Summary>['columns'] = [
    {
      title: t('bill'),
      key: 'bill',
      render: (_, row) => (
        <Button type="link" style={{ padding: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }} onClick={() => open(row.id)}>
          {row.name}
        </Button>
      ),
    },
    { title: t('provider'), key: 'provider', render: (_, row) => row.provider ?? t('allProviders') },
    { title: t('days'), key: 'days', width: 210, render: (_, row) => (row.first_day === row.last_day ? row.first_day : `${row.first_day} – ${row.last_day}`) },
    { title: t('tokenCapture'), key: 'tokens', align: 'right', render: (_, row) => row.totals.map((total) => <div key={total.currency}><Capture value={total.token_capture} alert={total.alert} /></div>) },
    { title: t('costCapture'), key: 'cost', align: 'right', render: (_, row) => row.totals.map((total) => <div key={total.currency}><Capture value={total.cost_capture} alert={total.alert} /></div>) },
    { title: t('state'), key: 'state', width: 110, render: (_, row) => <Tag color={row.alert ? 'error' : 'success'}>{t(row.alert ? 'alert' : 'fine')}</Tag> },
    { title: t('made'), key: 'made', width: 200, render: (_, row) => `${format.time(row.created_at)}` },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={upload} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.data)}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        retry={() => void list.refetch()}
        empty={<EmptyState title={t('none')} description={t('noneHint')} action={upload} />}
        minWidth={980}
      />
      {list.hasNextPage && (
        <div style={{ textAlign: 'center', marginTop: 16 }}>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {common('more.load')}
          </Button>
        </div>
      )}
      <UploadForm
        open={form}
        busy={reconciling.isPending}
        error={reconciling.error}
        onCancel={close}
        onSubmit={(given) =>
          reconciling.mutate(given, {
            onSuccess: (made) => {
              close();
              open(made.id);
            },
          })
        }
      />
      <Report id={id} onClose={() => open(undefined)} />
    </>
  );
}
