import { getRouteApi } from '@tanstack/react-router';
import { AutoComplete, Button, Select, Typography, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { RangePicker } from '@/components/RangePicker';
import { SearchInput } from '@/components/SearchInput';
import { cleaned } from '@/lib/cleaned';
import { useFormat } from '@/lib/format';
import { ACTIONS } from './actions';
import { USUAL_RANGE, useAuditLogs, type AuditLog } from './api/auditLogs';
import { AuditDrawer } from './components/AuditDrawer';
import { Outcome } from './components/Outcome';
import { OUTCOMES, type AuditSearch } from './search';
import './components/audit.css';

const route = getRouteApi('/app/admin/audit');

/** Who did what, with what it was before and after. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const logs = useAuditLogs(search);
  const [open, setOpen] = useState<AuditLog | null>(null);
  const rows = logs.data?.pages.flatMap((page) => page.data);
  const show = (next: AuditSearch) => void navigate({ search: (before) => cleaned({ ...before, ...next }), replace: true });
  const columns: TableProps<AuditLog>['columns'] = [
    {
      title: t('time'),
      key: 'time',
      width: 200,
      render: (_, log) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => setOpen(log)}>
          {format.time(log.at)}
        </Button>
      ),
    },
    { title: t('actor'), key: 'actor', render: (_, log) => log.actor_name ?? <Typography.Text type="secondary">{t('nobody')}</Typography.Text> },
    { title: t('action'), key: 'action', render: (_, log) => <Typography.Text code>{log.action}</Typography.Text> },
    {
      title: t('target'),
      key: 'target',
      render: (_, log) => (
        <>
          {log.target_type ?? '–'}
          {log.target_id !== null && (
            <>
              <br />
              <Typography.Text type="secondary" className="break-anywhere">
                {log.target_id}
              </Typography.Text>
            </>
          )}
        </>
      ),
    },
    { title: t('outcome'), key: 'outcome', width: 210, render: (_, log) => <Outcome log={log} /> },
    { title: t('address'), key: 'address', width: 140, render: (_, log) => log.remote_addr ?? '–' },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} />
      <div className="filters">
        <RangePicker value={search} otherwise={USUAL_RANGE} onChange={show} />
        <SearchInput label={t('actorFilter')} value={search.actor} onSearch={(actor) => show({ actor })} width={170} />
        <AutoComplete
          allowClear
          aria-label={t('action')}
          placeholder={t('action')}
          defaultValue={search.action}
          key={search.action ?? ''}
          style={{ width: 180 }}
          options={ACTIONS.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed.toLowerCase()) ?? false }}
          onSelect={(action: string) => show({ action })}
          onClear={() => show({ action: undefined })}
          onBlur={(event) => show({ action: (event.target as HTMLInputElement).value.trim() || undefined })}
        />
        <SearchInput label={t('targetFilter')} value={search.target} onSearch={(target) => show({ target })} width={200} />
        <Select allowClear aria-label={t('outcome')} placeholder={t('outcome')} value={search.outcome} style={{ minWidth: 120 }} options={OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))} onChange={(outcome) => show({ outcome })} />
        {Object.keys(search).length > 0 && (
          <Button type="text" onClick={() => void navigate({ search: {}, replace: true })}>
            {common('action.reset')}
          </Button>
        )}
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(log) => log.id}
        loading={logs.isPending}
        error={logs.error}
        retry={() => void logs.refetch()}
        empty={<EmptyState title={t('none')} description={t('noneHint')} />}
        minWidth={1000}
      />
      {logs.hasNextPage && (
        <div style={{ textAlign: 'center', marginTop: 16 }}>
          <Button loading={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
            {common('more.load')}
          </Button>
        </div>
      )}
      <AuditDrawer log={open} onClose={() => setOpen(null)} />
    </>
  );
}
