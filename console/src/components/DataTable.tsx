import { Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PAGE_SIZE } from '@/lib/page';
import { ErrorState } from './ErrorState';

interface Props<T> {
  /** What a screen reader calls it. */
  label: string;
  columns: TableProps<T>['columns'];
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  loading: boolean;
  error: unknown;
  retry: () => void;
  empty: ReactNode;
  /** Below this width the table scrolls by itself, not the page. */
  minWidth?: number;
  /** Of a list that the server gives in pages. */
  paging?: { page: number; total: number; onPage: (page: number) => void; pageSize?: number };
  onOpen?: (row: T) => void;
  summary?: TableProps<T>['summary'];
}

/** A table of what the server listed: loading, empty and failed are said in its place. */
export function DataTable<T extends object>({ label, columns, rows, rowKey, loading, error, retry, empty, minWidth = 720, paging, onOpen, summary }: Props<T>) {
  const { t } = useTranslation();
  if (error !== null && error !== undefined && rows === undefined) {
    return <ErrorState error={error} retry={retry} />;
  }
  return (
    <Table<T>
      aria-label={label}
      size="middle"
      columns={columns ?? []}
      dataSource={rows ?? []}
      rowKey={rowKey}
      loading={loading}
      scroll={{ x: minWidth }}
      locale={{ emptyText: loading ? <div style={{ height: 120 }} /> : empty }}
      pagination={
        paging === undefined
          ? false
          : {
              current: paging.page,
              total: paging.total,
              pageSize: paging.pageSize ?? PAGE_SIZE,
              showSizeChanger: false,
              hideOnSinglePage: paging.total <= (paging.pageSize ?? PAGE_SIZE),
              showTotal: (total) => t('table.total', { count: total }),
              onChange: paging.onPage,
            }
      }
      {...(summary === undefined ? {} : { summary })}
      {...(onOpen === undefined ? {} : { onRow: (row: T) => ({ onClick: () => onOpen(row), style: { cursor: 'pointer' } }) })}
    />
  );
}
