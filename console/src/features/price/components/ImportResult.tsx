import { Alert, Card, Checkbox, Collapse, Table, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { PriceImport } from '../api/importPrices';

type Line = PriceImport['models'][number];

const COLOR: Record<Line['verdict'], string> = { changed: 'processing', same: 'default', kept: 'default', not_listed: 'warning' };

/** What a list changes: each model with its price before and after. */
export function ImportResult({ name, result, action }: { name: string; result: PriceImport; action: ReactNode }) {
  const { t } = useTranslation('price');
  const { money, count } = useFormat();
  const [onlyChanged, setOnlyChanged] = useState(true);
  const rows = onlyChanged ? result.models.filter(({ verdict }) => verdict === 'changed') : result.models;
  const simple = (card: Line['before']) => (card === null ? '–' : `${money(card.rates.input, card.currency, 9)} / ${money(card.rates.output, card.currency, 9)}`);
  return (
    <Card
      className="card-wraps"
      title={<span className="break-anywhere">{t(result.dry_run ? 'import.dryRun' : 'import.applied', { name })}</span>}
      extra={action}
    >
      <Alert
        type={result.dry_run ? 'info' : 'success'}
        showIcon
        title={t(result.dry_run ? 'import.would' : 'import.did', { count: result.changed })}
        description={t('import.entries', { entries: count(result.entries), format: t(`import.format.${result.format}`) })}
        style={{ marginBottom: 12 }}
      />
      <Checkbox checked={onlyChanged} onChange={(event) => setOnlyChanged(event.target.checked)} style={{ marginBottom: 12 }}>
        {t('import.onlyChanged')}
      </Checkbox>
      <Table<Line>
        size="middle"
        rowKey="id"
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 720 }}
        locale={{ emptyText: t('import.nothing') }}
        columns={[
          { key: 'model', title: t('column.model'), render: (_, line) => <code className="break-anywhere">{line.model_id}</code> },
          { key: 'verdict', title: t('column.verdict'), render: (_, line) => <Tag color={COLOR[line.verdict]}>{t(`import.verdict.${line.verdict}`)}</Tag> },
          { key: 'before', title: t('column.before'), render: (_, line) => <span className="numbers">{simple(line.before)}</span> },
          { key: 'after', title: t('column.after'), render: (_, line) => <span className="numbers">{line.verdict === 'changed' ? <strong>{simple(line.after)}</strong> : simple(line.after)}</span> },
          { key: 'source', title: t('column.entry'), render: (_, line) => <span className="break-anywhere">{line.source ?? '–'}</span> },
        ]}
      />
      {result.problem_count > 0 && (
        <Collapse
          ghost
          size="small"
          style={{ marginTop: 12 }}
          items={[
            {
              key: 'problems',
              label: t('import.problems', { count: result.problem_count }),
              children: (
                <ul>
                  {result.problems.map(({ entry, reason }) => (
                    <li key={entry} className="break-anywhere">
                      <code>{entry}</code>: {reason}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
