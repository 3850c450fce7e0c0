import { Table, Tag, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Variance } from '../api/reconciliations';

/** How much of a bill is on record, in percent with four digits as the server has it. */
export function Capture({ value, alert }: { value: number | null; alert: boolean }) {
  if (value === null) {
    return <>–</>;
  }
  return (
    <Typography.Text type={alert && value < 99.9 ? 'danger' : 'success'} className="numbers">
      {value.toFixed(4)} %
    </Typography.Text>
  );
}

/** Our numbers beside theirs, by day and model. */
export function Variances({ lines, label }: { lines: Variance[]; label: string }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const pair = (ours: string, theirs: string) => (
    <>
      {ours}
      <br />
      <Typography.Text type="secondary">{theirs}</Typography.Text>
    </>
  );
  const columns: TableProps<Variance>['columns'] = [
    { title: t('day'), key: 'day', width: 120, render: (_, line) => line.day ?? t('total') },
    {
      title: t('model'),
      key: 'model',
      render: (_, line) => (
        <span className="break-anywhere">
          {line.model ?? t('allModels')} {line.alert && <Tag color="error">{t('alert')}</Tag>}
        </span>
      ),
    },
    { title: t('input'), key: 'input', align: 'right', className: 'numbers', render: (_, line) => pair(format.count(line.our_input_tokens), format.count(line.their_input_tokens)) },
    { title: t('output'), key: 'output', align: 'right', className: 'numbers', render: (_, line) => pair(format.count(line.our_output_tokens), format.count(line.their_output_tokens)) },
    { title: t('cost'), key: 'cost', align: 'right', className: 'numbers', render: (_, line) => pair(format.money(line.our_cost, line.currency), format.money(line.their_cost, line.currency)) },
    { title: t('tokenCapture'), key: 'tokens', align: 'right', render: (_, line) => <Capture value={line.token_capture} alert={line.alert} /> },
    { title: t('costCapture'), key: 'capture', align: 'right', render: (_, line) => <Capture value={line.cost_capture} alert={line.alert} /> },
  ];
  return (
    <Table<Variance>
      size="small"
      aria-label={label}
      columns={columns}
      dataSource={lines}
      rowKey={(line) => `${line.day ?? ''} ${line.model ?? ''} ${line.currency}`}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 820 }}
      locale={{ emptyText: t('noLines') }}
    />
  );
}
