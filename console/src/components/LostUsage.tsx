import { Link } from '@tanstack/react-router';
import { Alert, Button, Modal, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { lostSince, useUsageLosses, type UsageLoss } from '@/lib/usageLosses';

/** Says that numbers from that day or moment on lack what a restore of the database has lost; nothing where they lack nothing. */
export function LostUsage({ from, zone }: { from: string; zone: string }) {
  const { t } = useTranslation('meter');
  const format = useFormat();
  const losses = useUsageLosses().data ?? [];
  const [open, setOpen] = useState(false);
  const lost = lostSince(losses, from, zone);
  if (lost === 0) {
    return null;
  }
  const columns: TableProps<UsageLoss>['columns'] = [
    { title: t('lost.foundAt'), key: 'at', render: (_, loss) => format.time(loss.found_at) },
    { title: t('lost.node'), key: 'node', render: (_, loss) => <span className="break-anywhere">{loss.node_name ?? loss.node_id}</span> },
    { title: t('lost.records'), key: 'lost', align: 'right', className: 'numbers', render: (_, loss) => format.count(loss.lost) },
  ];
  return (
    <>
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 16 }}
        title={t('lost.title', { count: lost, shown: format.count(lost) })}
        action={
          <Button size="small" onClick={() => setOpen(true)}>
            {t('lost.show')}
          </Button>
        }
      />
      <Modal open={open} title={t('lost.list')} footer={null} onCancel={() => setOpen(false)} width={640}>
        <p>{t('lost.lead')}</p>
        <Table size="small" aria-label={t('lost.list')} columns={columns} dataSource={losses} rowKey={(loss) => `${loss.node_id} ${loss.found_at}`} pagination={false} scroll={{ x: 480, y: 320 }} />
        <p>
          <Link to="/admin/reconciliation">{t('lost.reconcile')}</Link>
        </p>
      </Modal>
    </>
  );
}
