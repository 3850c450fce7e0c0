import { DownloadOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { cleaned } from '@/lib/cleaned';
import { download } from '@/lib/download';
import { useRecords } from './api/records';
import { CallFilters } from './components/CallFilters';
import { CallTable } from './components/CallTable';
import { exportPath, questionOf } from './question';
import type { CallSearch } from './search';

const route = getRouteApi('/app/admin/calls');

/** Every attempt at a provider, the newest first. */
export function CallsPage() {
  const { t } = useTranslation('record');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const question = questionOf(search);
  const records = useRecords(question);
  const [saving, setSaving] = useState(false);
  const rows = records.data?.pages.flatMap((page) => page.data);

  const show = (next: CallSearch) => void navigate({ search: (before) => cleaned({ ...before, ...next }), replace: true });
  const save = async () => {
    setSaving(true);
    try {
      await download(exportPath(question), `jarvis-calls-${question.from?.slice(0, 10) ?? ''}.csv`, 'text/csv');
    } catch (error) {
      message.error(textOf(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button icon={<DownloadOutlined />} loading={saving} onClick={() => void save()}>
            {t('export')}
          </Button>
        }
      />
      <CallFilters search={search} show={show} reset={() => void navigate({ search: {}, replace: true })} />
      <CallTable
        records={rows}
        search={search}
        loading={records.isPending}
        error={records.error}
        retry={() => void records.refetch()}
        empty={<EmptyState title={t('none')} description={t('noneHint')} />}
      />
      {rows !== undefined && rows.length > 0 && (
        <div style={{ textAlign: 'center', marginTop: 16 }}>
          {records.hasNextPage ? (
            <Button loading={records.isFetchingNextPage} onClick={() => void records.fetchNextPage()}>
              {common('more.load')}
            </Button>
          ) : (
            <Typography.Text type="secondary">{common('more.end')}</Typography.Text>
          )}
        </div>
      )}
    </>
  );
}
