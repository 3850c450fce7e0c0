import { Alert, Card, Table, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { BillingMark } from '@/components/CallOutcome';
import { useFormat } from '@/lib/format';
import type { UsageRecordDetail } from '../api/records';

type Line = UsageRecordDetail['cost_lines'][number];

/** How the cost comes about, line by line, and what the user pays of it. */
export function CostLines({ record }: { record: UsageRecordDetail }) {
  const { t, i18n } = useTranslation('record');
  const format = useFormat();
  const name = (line: Line) => (line.token_class === null ? t('class.other') : i18n.exists(`record:class.${line.token_class}`) ? t(`class.${line.token_class}`) : line.token_class);
  const columns: TableProps<Line>['columns'] = [
    { title: t('costLine'), key: 'line', render: (_, line) => name(line) },
    { title: t('tokens'), key: 'tokens', align: 'right', className: 'numbers', render: (_, line) => format.count(line.tokens) },
    { title: t('perMillion'), key: 'price', align: 'right', className: 'numbers', render: (_, line) => format.money(line.price, record.currency) },
    { title: t('amount'), key: 'amount', align: 'right', className: 'numbers', render: (_, line) => format.money(line.amount, record.currency, 9) },
  ];
  const sum = (label: string, amount: string, strong: boolean) => (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0} colSpan={3}>
        <Typography.Text strong={strong}>{label}</Typography.Text>
      </Table.Summary.Cell>
      <Table.Summary.Cell index={3} align="right">
        <Typography.Text strong={strong} className="numbers one-line">
          {format.money(amount, record.currency, 9)}
        </Typography.Text>
      </Table.Summary.Cell>
    </Table.Summary.Row>
  );
  return (
    <Card size="small" title={t('costTitle')} extra={<BillingMark billing={record.billing} />}>
      {record.bounds !== null && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('bounds', {
            inputLow: format.count(record.bounds.input_low),
            inputHigh: format.count(record.bounds.input_high),
            outputLow: format.count(record.bounds.output_low),
            outputHigh: format.count(record.bounds.output_high),
          })}
        />
      )}
      <Table<Line>
        size="small"
        aria-label={t('costTitle')}
        columns={columns}
        dataSource={record.cost_lines}
        rowKey={(line) => `${line.token_class ?? ''} ${line.price ?? ''} ${line.amount}`}
        pagination={false}
        scroll={{ x: 320 }}
        locale={{ emptyText: t('noCost') }}
        summary={() => (
          <>
            {sum(t('providerCharges'), record.cost, true)}
            {sum(t('userPays'), record.user_cost, record.user_cost !== record.cost)}
          </>
        )}
      />
      <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0' }}>
        {record.price_version === null ? t('noPrice') : t('priceVersion', { version: record.price_version })}
      </Typography.Paragraph>
    </Card>
  );
}
