import { Button, Table, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Delta } from '@/components/Delta';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/lib/format';
import { change, share } from '@/lib/sums';
import type { UsageLine } from '@/lib/usageReport';
import { deeper, subjectOf } from '../drill';
import type { Group } from '../search';

interface Props {
  lines: UsageLine[];
  by: Group;
  nameOf: (line: UsageLine) => string;
  onDeeper: (line: UsageLine) => void;
}

const output = (line: UsageLine) => line.output_tokens + line.reasoning_tokens + line.audio_out_tokens;

/** The lines of a report; a click on a name goes deeper. */
export function CostTable({ lines, by, nameOf, onDeeper }: Props) {
  const { t } = useTranslation('cost');
  const format = useFormat();
  const number = (key: string, title: string, value: (line: UsageLine) => number | null, show: (line: UsageLine) => React.ReactNode): NonNullable<TableProps<UsageLine>['columns']>[number] => ({
    key,
    title,
    align: 'right',
    className: 'numbers',
    sorter: (a, b) => (value(a) ?? -1) - (value(b) ?? -1),
    sortDirections: ['descend', 'ascend'],
    render: (_, line) => show(line),
  });
  const columns: TableProps<UsageLine>['columns'] = [
    {
      key: 'name',
      title: t(`by.${by}`),
      render: (_, line) =>
        deeper(line, by) === null ? (
          <Typography.Text type="secondary">{nameOf(line)}</Typography.Text>
        ) : (
          <Button type="link" style={{ padding: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }} onClick={() => onDeeper(line)}>
            {nameOf(line)}
          </Button>
        ),
    },
    number('cost', t('figure.cost'), (line) => Number(line.cost), (line) => format.money(line.cost, line.currency)),
    number('change', t('change'), (line) => change(Number(line.cost), Number(line.previous?.cost ?? 0)), (line) => <Delta value={change(Number(line.cost), Number(line.previous?.cost ?? 0))} />),
    number('userCost', t('figure.userCost'), (line) => Number(line.user_cost), (line) => format.money(line.user_cost, line.currency)),
    number('requests', t('figure.requests'), (line) => line.requests, (line) => format.count(line.requests)),
    number('input', t('input'), (line) => line.total_tokens - output(line), (line) => format.compact(line.total_tokens - output(line))),
    number('output', t('output'), output, (line) => format.compact(output(line))),
    number('failed', t('failed'), (line) => share(line.failed_requests, line.requests), (line) => format.percent(share(line.failed_requests, line.requests))),
    number('estimated', t('figure.estimated'), (line) => share(line.estimated, line.attempts), (line) => format.percent(share(line.estimated, line.attempts))),
    number('firstContent', t('firstContent'), (line) => line.average_first_content_ms, (line) => format.milliseconds(line.average_first_content_ms)),
  ];
  return (
    <Table<UsageLine>
      size="middle"
      aria-label={t('table')}
      columns={columns}
      dataSource={lines}
      rowKey={(line) => `${subjectOf(line, by).id ?? 'none'} ${line.currency}`}
      scroll={{ x: 1080 }}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <EmptyState title={t('none')} description={t('noneHint')} /> }}
    />
  );
}
