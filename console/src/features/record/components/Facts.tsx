import { Link } from '@tanstack/react-router';
import { Card, Descriptions, Space, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { useFormat } from '@/lib/format';
import type { UsageRecordDetail } from '../api/records';

function Sheet({ title, facts }: { title: string; facts: [string, ReactNode][] }) {
  return (
    <Card size="small" title={title}>
      <Descriptions
        column={1}
        size="small"
        items={facts.map(([label, children]) => ({ key: label, label, children: <span className="break-anywhere">{children === null || children === '' ? '–' : children}</span> }))}
      />
    </Card>
  );
}

function Id({ value, label }: { value: string | null; label: string }) {
  return value === null ? (
    <>–</>
  ) : (
    <Space size={4} wrap>
      <Typography.Text code className="break-anywhere">
        {value}
      </Typography.Text>
      <CopyButton text={value} label={label} />
    </Space>
  );
}

/** Who called, what was called, how large it was, and by which ids others know it. */
export function Facts({ record }: { record: UsageRecordDetail }) {
  const { t } = useTranslation('record');
  const { t: common } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Sheet
        title={t('caller')}
        facts={[
          [
            common('subject.user'),
            <Link key="user" to="/admin/users" search={{ user: record.user_id }}>
              {record.username ?? t('gone')}
            </Link>,
          ],
          [
            common('subject.team'),
            record.team_id === null ? null : (
              <Link key="team" to="/admin/teams" search={{ team: record.team_id }}>
                {record.team_name ?? t('gone')}
              </Link>
            ),
          ],
          [
            common('subject.caller_key'),
            record.caller_key_id === null ? (
              t('login')
            ) : (
              <Link key="key" to="/admin/calls" search={{ caller_key_id: record.caller_key_id }}>
                {record.caller_key_name ?? t('gone')} {record.caller_key_hint}
              </Link>
            ),
          ],
        ]}
      />
      <Sheet
        title={t('model')}
        facts={[
          [
            t('model'),
            <Link key="model" to="/admin/models/$id" params={{ id: record.deployment_id }}>
              {record.model}
            </Link>,
          ],
          [t('provider'), record.provider],
          [common('subject.provider_key'), record.provider_key_hint === null ? null : `…${record.provider_key_hint}`],
          [t('upstreamModel'), record.upstream_model],
          [t('servedModel'), record.served_model],
          [t('operation'), `${record.operation}${record.streamed ? ` · ${t('streamed')}` : ''}`],
          [t('status'), record.status],
          [t('errorCode'), record.error_code],
        ]}
      />
      <Sheet
        title={t('sizes')}
        facts={[
          [t('requestBytes'), t('bytes', { count: record.request_bytes, shown: format.count(record.request_bytes) })],
          [t('responseBytes'), t('bytes', { count: record.response_bytes, shown: format.count(record.response_bytes) })],
          [t('tokens'), format.count(record.total_tokens)],
          ...(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'audio_in', 'audio_out', 'image_in'] as const)
            .filter((kind) => record[`${kind}_tokens`] > 0)
            .map((kind): [string, ReactNode] => [t(`class.${kind}`), format.count(record[`${kind}_tokens`])]),
        ]}
      />
      <Sheet
        title={t('ids')}
        facts={[
          [t('requestId'), <Id key="request" value={record.request_id} label={common('action.copy')} />],
          [t('attemptId'), <Id key="attempt" value={record.attempt_id} label={common('action.copy')} />],
          [t('upstreamId'), <Id key="upstream" value={record.upstream_request_id} label={common('action.copy')} />],
        ]}
      />
    </>
  );
}
