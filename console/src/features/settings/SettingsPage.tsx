import { Alert, Card, Descriptions, Skeleton, Table, Tag, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useSettings, type Settings } from './api/settings';
import { bytesText } from './bytes';
import './settings.css';

type Node = Settings['nodes'][number];

function Sheet({ title, facts }: { title: string; facts: [string, ReactNode][] }) {
  return (
    <Card size="small" title={title}>
      <Descriptions column={1} size="small" items={facts.map(([label, children]) => ({ key: label, label, children: <span className="break-anywhere">{children}</span> }))} />
    </Card>
  );
}

function Nodes({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const columns: TableProps<Node>['columns'] = [
    {
      title: t('server'),
      key: 'name',
      render: (_, node) => (
        <span className="break-anywhere">
          {node.name} {node.id === settings.node_id && <Tag>{t('answers')}</Tag>}
        </span>
      ),
    },
    { title: t('state'), key: 'live', width: 110, render: (_, node) => <Tag color={node.live ? 'success' : 'error'}>{t(node.live ? 'live' : 'gone')}</Tag> },
    { title: t('seen'), key: 'seen', width: 160, render: (_, node) => <span title={format.time(node.seen_at)}>{format.relative(node.seen_at)}</span> },
  ];
  return (
    <Card size="small" title={t('nodes')}>
      <div className="settings-nodes" tabIndex={0} role="region" aria-label={t('nodes')}>
        <Table<Node> size="small" aria-label={t('nodes')} columns={columns} dataSource={settings.nodes} rowKey="id" pagination={false} />
      </div>
    </Card>
  );
}

/** What this installation is and how it was started. Settings are given at the start; here they are looked at. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const settings = useSettings();
  const { data } = settings;
  const seconds = (value: number) => t('seconds', { count: value });
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} />
      {settings.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {isLost(settings) && <ErrorState error={settings.error} retry={() => void settings.refetch()} />}
      {data !== undefined && (
        <>
          {data.redis.problem !== null && <Alert type="warning" showIcon title={t('redisProblem')} description={data.redis.problem} style={{ marginBottom: 16 }} />}
          <div className="settings-grid">
            <Sheet
              title={t('installation')}
              facts={[
                [t('version'), data.version],
                [t('started'), `${format.time(data.started_at)} (${format.relative(data.started_at)})`],
                [t('listen'), <Typography.Text key="listen" code>{data.listen}</Typography.Text>],
                [t('publicUrl'), data.public_url ?? t('notSet')],
              ]}
            />
            <Sheet
              title={t('database')}
              facts={[
                [t('kind'), t(`databaseKind.${data.database.kind}`)],
                ...(data.database.address === '' ? [] : [[t('address'), data.database.address] as [string, ReactNode]]),
                [t('postgres'), data.database.version],
                [t('size'), bytesText(data.database.size_bytes)],
                [t('migration'), data.database.migration],
                [t('redis'), t(data.redis.configured ? 'configured' : 'notSet')],
              ]}
            />
            <Sheet
              title={t('accounting')}
              facts={[
                [t('settle'), t(`settleKind.${data.settle}`)],
                [t('clientGone'), t(`clientGoneKind.${data.client_gone}`)],
                [t('retention'), data.usage_retention_days === null ? t('forEver') : t('days', { count: data.usage_retention_days })],
                [t('journalMax'), bytesText(data.limits.journal_max_bytes)],
                [t('journalKeepFree'), bytesText(data.limits.journal_keep_free_bytes)],
              ]}
            />
            <Sheet
              title={t('limits')}
              facts={[
                [t('maxBody'), bytesText(data.limits.max_body_bytes)],
                [t('connect'), seconds(data.limits.upstream_connect_seconds)],
                [t('firstByte'), seconds(data.limits.upstream_first_byte_seconds)],
                [t('idle'), seconds(data.limits.upstream_idle_seconds)],
                [t('clientWrite'), seconds(data.limits.client_write_seconds)],
                [t('request'), seconds(data.limits.request_seconds)],
                [t('drain'), seconds(data.limits.drain_seconds)],
                [t('upstreamAllow'), data.upstream_allow.length === 0 ? t('nothing') : data.upstream_allow.map((net) => <Tag key={net}>{net}</Tag>)],
              ]}
            />
          </div>
          <Nodes settings={data} />
        </>
      )}
    </>
  );
}
