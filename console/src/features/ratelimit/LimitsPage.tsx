import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Popconfirm, Select, Space, Tag, Typography, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { cleaned } from '@/lib/cleaned';
import { useFormat } from '@/lib/format';
import { useLiftLimit, useLimits, useSetLimit, type RateLimit } from './api/limits';
import { LimitForm } from './components/LimitForm';
import { SCOPES } from './search';

const route = getRouteApi('/app/admin/limits');

/** How fast teams, users, keys and models may go. */
export function LimitsPage() {
  const { t } = useTranslation('ratelimit');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const limits = useLimits(search);
  const setting = useSetLimit();
  const lifting = useLiftLimit();
  const [form, setForm] = useState<{ edited: RateLimit | null } | null>(null);
  const close = () => {
    setForm(null);
    setting.reset();
  };
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({ edited: null })}>
      {t('create')}
    </Button>
  );
  const part = (name: 'requests_per_minute' | 'tokens_per_minute' | 'concurrent_requests') => ({
    title: t(name),
    key: name,
    align: 'right' as const,
    className: 'numbers',
    width: 150,
    render: (_: unknown, limit: RateLimit) => (limit[name] === null ? <Typography.Text type="secondary">{t('unlimited')}</Typography.Text> : format.count(limit[name])),
  });
  const columns: TableProps<RateLimit>['columns'] = [
    {
      title: t('on'),
      key: 'on',
      render: (_, limit) => (
        <Space wrap size={4}>
          <Tag>{common(`subject.${limit.scope}`)}</Tag>
          <span className="break-anywhere">{limit.subject_name ?? <Typography.Text type="secondary">{t('gone')}</Typography.Text>}</span>
        </Space>
      ),
    },
    part('requests_per_minute'),
    part('tokens_per_minute'),
    part('concurrent_requests'),
    { title: t('changed'), key: 'changed', width: 140, render: (_, limit) => <span title={format.time(limit.updated_at)}>{format.relative(limit.updated_at)}</span> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 150,
      align: 'right',
      render: (_, limit) => (
        <Space size={4}>
          <Button size="small" aria-label={t('editOf', { name: limit.subject_name ?? '' })} onClick={() => setForm({ edited: limit })}>
            {common('action.edit')}
          </Button>
          <Popconfirm
            title={t('liftTitle', { name: limit.subject_name ?? '' })}
            description={t('liftText')}
            okText={t('lift')}
            okButtonProps={{ danger: true }}
            onConfirm={() => lifting.mutate(limit, { onSuccess: () => message.success(t('lifted')), onError: (error) => message.error(textOf(error)) })}
          >
            <Button size="small" danger type="text" aria-label={t('liftOf', { name: limit.subject_name ?? '' })}>
              {t('lift')}
            </Button>
          </Popconfirm>
        </Space>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={create} />
      <div className="filters">
        <Select
          allowClear
          aria-label={t('on')}
          placeholder={t('on')}
          value={search.scope}
          style={{ minWidth: 150 }}
          options={SCOPES.map((value) => ({ value, label: common(`subject.${value}`) }))}
          onChange={(scope) => void navigate({ search: cleaned({ scope }), replace: true })}
        />
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={limits.data?.data}
        rowKey={(limit) => `${limit.scope} ${limit.subject_id}`}
        loading={limits.isPending}
        error={limits.error}
        retry={() => void limits.refetch()}
        empty={<EmptyState title={t('none')} description={t('noneHint')} action={create} />}
        paging={{ page: search.page ?? 1, total: limits.data?.total ?? 0, onPage: (page) => void navigate({ search: (before) => ({ ...before, page }) }) }}
        minWidth={960}
      />
      <LimitForm
        open={form !== null}
        edited={form?.edited ?? null}
        preset={search.scope}
        busy={setting.isPending}
        error={setting.error}
        onCancel={close}
        onSubmit={(subject, fields) =>
          setting.mutate(
            { subject, fields },
            {
              onSuccess: () => {
                message.success(common('state.saved'));
                close();
              },
            },
          )
        }
      />
    </>
  );
}
