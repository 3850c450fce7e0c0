import { Table, type TableColumnsType, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Model } from '../api/models';
import type { ModelSearch, ModelSort } from '../search';
import { KeysAtAGlance } from './KeysAtAGlance';
import { ModelMenu } from './ModelMenu';
import { ModelName } from './ModelName';
import { PriceCell } from './PriceCell';
import { StatusSwitch } from './StatusSwitch';
import { TestButton } from './TestButton';

interface Props {
  models: Model[];
  total: number;
  search: ModelSearch;
  loading: boolean;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onChange: (change: { page?: number | undefined; page_size?: number | undefined; sort?: ModelSort | undefined }) => void;
}

function orderOf(sort: ModelSort | undefined, column: string): 'ascend' | 'descend' | null {
  return sort === column ? 'ascend' : sort === `-${column}` ? 'descend' : null;
}

function useColumns(sort: ModelSort | undefined): TableColumnsType<Model> {
  const { t } = useTranslation('model');
  const { relative, time } = useFormat();
  return [
    { key: 'name', title: t('column.name'), render: (_, model) => <ModelName model={model} />, sorter: true, sortOrder: orderOf(sort, 'name'), width: 220 },
    {
      key: 'provider',
      title: t('column.provider'),
      render: (_, model) => (
        <>
          <div className="break-anywhere">{model.provider}</div>
          <span className="model-muted model-small">{t(`type.${model.type_code}`)}</span>
        </>
      ),
      sorter: true,
      sortOrder: orderOf(sort, 'provider'),
      width: 130,
    },
    { key: 'keys', title: t('column.keys'), render: (_, model) => <KeysAtAGlance model={model} />, width: 110 },
    { key: 'price', title: t('column.price'), render: (_, model) => <PriceCell model={model} />, width: 140 },
    {
      key: 'updated_at',
      title: t('column.updated'),
      render: (_, model) => <span title={time(model.updated_at)}>{relative(model.updated_at)}</span>,
      sorter: true,
      sortOrder: orderOf(sort, 'updated_at'),
      width: 120,
    },
    { key: 'status', title: t('column.status'), render: (_, model) => <StatusSwitch model={model} />, width: 80 },
    {
      key: 'actions',
      title: t('column.actions'),
      render: (_, model) => (
        <div className="model-actions">
          <TestButton id={model.id} name={model.name} />
          <ModelMenu model={model} />
        </div>
      ),
      width: 160,
    },
  ];
}

export function ModelTable({ models, total, search, loading, chosen, onChoose, onChange }: Props) {
  const { t } = useTranslation(['model', 'common']);
  const columns = useColumns(search.sort);
  const changed: TableProps<Model>['onChange'] = (pagination, _filters, sorter, { action }) => {
    if (action === 'sort') {
      const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
      onChange({ sort: order === undefined || order === null ? undefined : (`${order === 'descend' ? '-' : ''}${String(columnKey)}` as ModelSort), page: undefined });
    } else {
      const size = pagination.pageSize ?? 20;
      const resized = size !== (search.page_size ?? 20);
      onChange({ page: resized || pagination.current === 1 ? undefined : pagination.current, page_size: size === 20 ? undefined : size });
    }
  };
  return (
    <Table<Model>
      rowKey="id"
      columns={columns}
      dataSource={models}
      loading={loading}
      onChange={changed}
      size="middle"
      className="model-table"
      rowSelection={{
        selectedRowKeys: chosen,
        onChange: (keys) => onChoose(keys.map(String)),
        getCheckboxProps: (model) => ({ 'aria-label': t('list.choose', { name: model.name }) }),
      }}
      pagination={{
        current: search.page ?? 1,
        pageSize: search.page_size ?? 20,
        total,
        showSizeChanger: true,
        pageSizeOptions: [10, 20, 50, 100],
        showTotal: (count) => t('common:table.total', { count }),
      }}
    />
  );
}
