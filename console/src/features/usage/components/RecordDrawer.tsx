import { Alert, Descriptions, Drawer, Skeleton, Space, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useRecord, type RecordDetail } from '../api/record';

/** One call: how it went, and line by line how its cost comes about. */
export function RecordDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('usage');
  const record = useRecord(id);
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={560} title={t('call')} destroyOnHidden>
      {record.isError ? <ErrorState error={record.error} retry={() => void record.refetch()} /> : record.data === undefined ? <Skeleton active /> : <Details record={record.data} />}
    </Drawer>
  );
}

function Details({ record }: { record: RecordDetail }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const item = (label: string, children: React.ReactNode) => ({ key: label, label: t(label), children });
  return (
    <Space direction="vertical" size="large" style={{ width: '100%' }}>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          item('when', format.time(record.started_at)),
          item('model', <span className="break-anywhere">{record.model}</span>),
          item('key', record.caller_key_name ?? (record.caller_key_id === null ? t('console') : (record.caller_key_hint ?? t('keyGone')))),
          item(
            'outcome',
            <Space wrap>
              <CallOutcome outcome={record.outcome} />
              <BillingMark billing={record.billing} />
              {record.error_code !== null && <Typography.Text code>{record.error_code}</Typography.Text>}
            </Space>,
          ),
          ...(record.attempt_number > 1 ? [item('attempt', record.attempt_number)] : []),
          item('firstWord', format.milliseconds(record.first_content_ms)),
          item('duration', format.milliseconds(record.duration_ms)),
          item('requestId', <Typography.Text copyable className="break-anywhere">{record.request_id}</Typography.Text>),
        ]}
      />
      {record.bounds !== null && (
        <Alert
          type="info"
          showIcon
          title={t('bounds', {
            input: `${format.count(record.bounds.input_low)}–${format.count(record.bounds.input_high)}`,
            output: `${format.count(record.bounds.output_low)}–${format.count(record.bounds.output_high)}`,
          })}
        />
      )}
      <Table
        size="small"
        pagination={false}
        rowKey={(_, index) => String(index)}
        title={() => <strong>{t('costLines')}</strong>}
        dataSource={record.cost_lines}
        locale={{ emptyText: t('noCostLines') }}
        columns={[
          { title: t('tokenClass'), dataIndex: 'token_class', render: (name: string | null) => (name === null ? '–' : t(`class.${name}`, { defaultValue: name })) },
          { title: t('tokens'), dataIndex: 'tokens', align: 'right', className: 'numbers', render: format.count },
          { title: t('perMillion'), dataIndex: 'price', align: 'right', className: 'numbers', render: (price: string | null) => format.money(price, record.currency, 9) },
          { title: t('amount'), dataIndex: 'amount', align: 'right', className: 'numbers', render: (amount: string) => format.money(amount, record.currency, 9) },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={3}>
              <strong>{t('cost')}</strong>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={3} align="right">
              <strong className="numbers">{format.money(record.cost, record.currency, 9)}</strong>
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
      {record.corrected && (
        <Alert type="warning" showIcon title={t('corrected', { time: format.time(record.recorded_at) })} description={<span className="break-anywhere">{record.correction_reason}</span>} />
      )}
    </Space>
  );
}
