import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { useOwnUsage, type OwnUsageLine, type OwnUsageQuestion } from '@/lib/ownUsage';

interface Props {
  title: string;
  question: OwnUsageQuestion;
  name: (line: OwnUsageLine) => string;
  onSelect: (line: OwnUsageLine) => void;
}

/** The same sums as a table, by model or by key; a click narrows the page to it. */
export function Shares({ title, question, name, onSelect }: Props) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const usage = useOwnUsage(question);
  const lines = [...(usage.data?.data ?? [])].sort((a, b) => b.total_tokens - a.total_tokens);
  return (
    <Card title={<h2 className="card-title">{title}</h2>} className="usage-shares" style={{ height: '100%' }}>
      <Table
        size="small"
        rowKey={(line) => `${name(line)} ${line.caller_key_id ?? ''} ${line.currency}`}
        dataSource={lines}
        loading={usage.isPending}
        pagination={{ pageSize: 8, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
        locale={{ emptyText: usage.isPending ? ' ' : t('nothing') }}
        {...(lines.length > 0 ? { scroll: { x: 420 } } : {})}
        columns={[
          {
            title: t('name'),
            key: 'name',
            render: (_, line) => (
              <button type="button" className="usage-link break-anywhere" onClick={() => onSelect(line)}>
                {name(line)}
              </button>
            ),
          },
          { title: t('calls'), dataIndex: 'requests', align: 'right', className: 'numbers', render: format.count },
          { title: t('tokens'), dataIndex: 'total_tokens', align: 'right', className: 'numbers', render: format.compact },
          { title: t('cost'), key: 'cost', align: 'right', className: 'numbers', render: (_, line) => format.money(line.cost, line.currency) },
        ]}
      />
    </Card>
  );
}
