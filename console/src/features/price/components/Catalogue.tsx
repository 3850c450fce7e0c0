import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { RateCardTable } from '@/components/price/RateCardTable';
import { SearchInput } from '@/components/SearchInput';
import { useFormat } from '@/lib/format';
import { PAGE_SIZE } from '@/lib/page';
import { useCatalogue, type CatalogueEntry } from '@/lib/prices';
import { isWhole } from '@/lib/rateCard';
import type { PriceSearch } from '../search';

/** The prices that come with the product: public facts, each with its source and day. */
export function Catalogue({ search, go }: { search: PriceSearch; go: (change: PriceSearch) => void }) {
  const { t } = useTranslation('price');
  const { money } = useFormat();
  const catalogue = useCatalogue({ page: search.page ?? 1, page_size: PAGE_SIZE, ...(search.q === undefined ? {} : { q: search.q }) });
  const rate = (name: 'input' | 'output' | 'cache_read') => (_: unknown, { price }: CatalogueEntry) => (
    <span className="numbers">{price === null ? '–' : money(price.rates[name], price.currency, 9)}</span>
  );
  return (
    <>
      <p className="price-muted">{t('catalogueText')}</p>
      <div className="filters">
        <SearchInput value={search.q} onSearch={(q) => go({ ...search, q, page: undefined } as PriceSearch)} label={t('searchCatalogue')} />
      </div>
      <DataTable<CatalogueEntry>
        label={t('tab.catalogue')}
        rows={catalogue.data?.data}
        rowKey={({ provider, model }) => `${provider}/${model}`}
        loading={catalogue.isPending}
        error={catalogue.error}
        retry={() => void catalogue.refetch()}
        empty={<EmptyState title={t('noEntry')} description={t('noEntryText')} />}
        minWidth={860}
        paging={{ page: search.page ?? 1, total: catalogue.data?.total ?? 0, onPage: (page) => go({ ...search, page }) }}
        columns={[
          { key: 'provider', title: t('column.provider'), dataIndex: 'provider' },
          { key: 'model', title: t('column.model'), render: (_, { model }) => <code className="break-anywhere">{model}</code> },
          { key: 'input', title: t('column.input'), align: 'right', render: rate('input') },
          { key: 'output', title: t('column.output'), align: 'right', render: rate('output') },
          { key: 'cache', title: t('column.cache'), align: 'right', render: rate('cache_read') },
          {
            key: 'whole',
            title: t('column.more'),
            render: (_, { price, model }) =>
              price !== null &&
              isWhole(price) && (
                <Popover trigger="click" content={<RateCardTable card={price} />} title={model}>
                  <Button size="small" type="text" aria-label={t('wholeOf', { name: model })}>
                    {t('whole')}
                  </Button>
                </Popover>
              ),
          },
          {
            key: 'source',
            title: t('column.source'),
            render: (_, { source, source_date }) => (
              <div className="price-source price-muted">
                <div title={source}>{source}</div>
                <div className="numbers">{source_date}</div>
              </div>
            ),
            width: 260,
          },
        ]}
      />
    </>
  );
}
