import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Grid, Select, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';
import { Catalogue } from './components/Catalogue';
import { ExchangeRates } from './components/ExchangeRates';
import { ImportPrices } from './components/ImportPrices';
import { ModelPrices } from './components/ModelPrices';
import { ReRate } from './components/ReRate';
import { PRICE_TABS, type PriceSearch, type PriceTab } from './search';
import './price.css';

const route = getRouteApi('/app/admin/prices');

/** All about what models cost. */
export function PricesPage() {
  const { t } = useTranslation('price');
  const search = route.useSearch();
  const navigate = useNavigate();
  const go = (next: PriceSearch) => void navigate({ to: '/admin/prices', search: next, replace: true });
  const choose = (key: PriceTab) => void navigate({ to: '/admin/prices', search: key === 'models' ? {} : { tab: key } });
  const phone = Grid.useBreakpoint().md === false;
  const tab = search.tab ?? 'models';
  const content: Record<PriceTab, ReactNode> = {
    models: <ModelPrices search={search} go={go} />,
    catalogue: <Catalogue search={search} go={go} />,
    import: <ImportPrices />,
    exchange: <ExchangeRates />,
    rerate: <ReRate />,
  };
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {phone ? (
        <>
          <Select<PriceTab> value={tab} onChange={choose} aria-label={t('title')} options={PRICE_TABS.map((key) => ({ value: key, label: t(`tab.${key}`) }))} className="price-part" />
          {content[tab]}
        </>
      ) : (
        <Tabs activeKey={tab} onChange={(key) => choose(key as PriceTab)} items={PRICE_TABS.map((key) => ({ key, label: t(`tab.${key}`), children: key === tab ? content[key] : null }))} />
      )}
    </>
  );
}
