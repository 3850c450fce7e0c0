import { Descriptions, Drawer, Switch, Table, Tag, Typography, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { useFormat } from '@/lib/format';
import type { AuditLog } from '../api/auditLogs';
import { differenceOf, type Change } from '../difference';
import { Outcome } from './Outcome';

function Details({ log }: { log: AuditLog }) {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const changes = differenceOf(log.before, log.after);
  const shown = all ? changes : changes.filter(({ changed }) => changed);
  const value = (text: string | null) => (text === null ? <Typography.Text type="secondary">–</Typography.Text> : <span className="break-anywhere">{text}</span>);
  const columns: TableProps<Change>['columns'] = [
    { title: t('field'), dataIndex: 'path', width: '32%', render: (path: string) => <Typography.Text className="break-anywhere">{path}</Typography.Text> },
    { title: t('before'), key: 'before', render: (_, change) => <span className={change.changed && change.before !== null ? 'audit-removed' : ''}>{value(change.before)}</span> },
    { title: t('after'), key: 'after', render: (_, change) => <span className={change.changed && change.after !== null ? 'audit-added' : ''}>{value(change.after)}</span> },
  ];
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'at', label: t('time'), children: format.time(log.at) },
          { key: 'who', label: t('actor'), children: log.actor_name ?? log.actor_id ?? t('nobody') },
          { key: 'outcome', label: t('outcome'), children: <Outcome log={log} /> },
          { key: 'target', label: t('target'), children: <span className="break-anywhere">{[log.target_type, log.target_id].filter(Boolean).join(' ') || '–'}</span> },
          { key: 'from', label: t('address'), children: log.remote_addr ?? '–' },
          {
            key: 'request',
            label: t('requestId'),
            children: (
              <span className="break-anywhere">
                <Typography.Text code>{log.request_id}</Typography.Text> <CopyButton text={log.request_id} label={common('action.copy')} />
              </span>
            ),
          },
          ...(log.caller_key_id === null ? [] : [{ key: 'key', label: common('subject.caller_key'), children: <span className="break-anywhere">{log.caller_key_id}</span> }]),
        ]}
      />
      {changes.length > 0 && (
        <>
          <div className="audit-head">
            <Typography.Title level={3} style={{ margin: 0, fontSize: 15 }}>
              {t('difference')} <Tag>{t('changes', { count: changes.filter(({ changed }) => changed).length })}</Tag>
            </Typography.Title>
            <label>
              <Switch size="small" checked={all} onChange={setAll} /> {t('unchanged')}
            </label>
          </div>
          <Table<Change> size="small" aria-label={t('difference')} columns={columns} dataSource={shown} rowKey="path" pagination={false} />
        </>
      )}
    </>
  );
}

/** One act: who, on what, from where, and what changed by it. */
export function AuditDrawer({ log, onClose }: { log: AuditLog | null; onClose: () => void }) {
  return (
    <Drawer open={log !== null} onClose={onClose} size={640} title={log?.action} destroyOnHidden>
      {log !== null && <Details log={log} />}
    </Drawer>
  );
}
