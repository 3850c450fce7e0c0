import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PriceDrawer } from '@/components/price/PriceDrawer';
import { SearchInput } from '@/components/SearchInput';
import { useFormat } from '@/lib/format';
import { isWhole } from '@/lib/rateCard';
import { usePricedModels, type PricedModel } from '../api/pricedModels';
import type { PriceSearch } from '../search';

interface Props {
  search: PriceSearch;
  go: (change: PriceSearch) => void;
}

/** What each model costs now; a click shows what it cost before and will cost. */
export function ModelPrices({ search, go }: Props) {
  const { t } = useTranslation('price');
  const { money } = useFormat();
  const models = usePricedModels(search.q, search.page ?? 1);
  const open = models.data?.data.find(({ id }) => id === search.model);
  const rate = (name: 'input' | 'output' | 'cache_read') => (_: unknown, { price }: PricedModel) => (
    <span className="numbers">{price === null ? '–' : money(price.rates[name], price.currency, 9)}</span>
  );
  return (
    <>
      <div className="filters">
        <SearchInput value={search.q} onSearch={(q) => go({ ...search, q, page: undefined } as PriceSearch)} label={t('searchModel')} />
      </div>
      <DataTable<PricedModel>
        label={t('tab.models')}
        rows={models.data?.data}
        rowKey={({ id }) => id}
        loading={models.isPending}
        error={models.error}
        retry={() => void models.refetch()}
        empty={<EmptyState title={t('noModel')} description={t('noModelText')} />}
        minWidth={760}
        paging={{ page: search.page ?? 1, total: models.data?.total ?? 0, onPage: (page) => go({ ...search, page }) }}
        columns={[
          {
            key: 'name',
            title: t('column.model'),
            render: (_, model) => (
              <>
                <div className="break-anywhere">{model.name}</div>
                <code className="price-muted break-anywhere">{model.model_id}</code>
              </>
            ),
          },
          { key: 'provider', title: t('column.provider'), dataIndex: 'provider' },
          { key: 'input', title: t('column.input'), align: 'right', render: rate('input') },
          { key: 'output', title: t('column.output'), align: 'right', render: rate('output') },
          { key: 'cache', title: t('column.cache'), align: 'right', render: rate('cache_read') },
          {
            key: 'more',
            title: t('column.more'),
            render: (_, { price }) => (price === null ? t('notPriced') : isWhole(price) && price.tiers.length > 0 ? t('tiers', { count: price.tiers.length }) : ''),
          },
          {
            key: 'open',
            title: t('column.actions'),
            render: (_, model) => (
              <Button size="small" onClick={() => go({ ...search, model: model.id })} aria-label={t('versionsOf', { name: model.name })}>
                {t('versions')}
              </Button>
            ),
          },
        ]}
      />
      {open !== undefined && <PriceDrawer model={open} open onClose={() => go({ ...search, model: undefined } as PriceSearch)} />}
    </>
  );
}
