import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Card, Grid } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { isLost } from '@/lib/query';
import { useModels } from './api/models';
import { useOutages } from './api/outages';
import { AddModelButton } from './components/AddModelButton';
import { BulkBar } from './components/BulkBar';
import { ModelCards } from './components/ModelCards';
import { ModelFilters } from './components/ModelFilters';
import { ModelTable } from './components/ModelTable';
import { OutageBanner } from './components/OutageBanner';
import { defined, type ModelSearch } from './search';
import './model.css';

const route = getRouteApi('/app/admin/models');

export function ModelsPage() {
  const { t } = useTranslation('model');
  const search = route.useSearch();
  const navigate = useNavigate();
  const phone = Grid.useBreakpoint().md === false;
  const models = useModels(search);
  const live = useOutages();
  const [chosen, setChosen] = useState<string[]>([]);
  const rows = models.data?.data ?? [];
  const chosenRows = rows.filter(({ id }) => chosen.includes(id));

  const go = (change: Partial<Record<keyof ModelSearch, unknown>>) =>
    void navigate({ to: '/admin/models', search: (before) => defined({ ...before, ...change }) as ModelSearch, replace: true });
  const filter = (change: Partial<Record<keyof ModelSearch, unknown>>) => {
    setChosen([]);
    go({ ...change, page: undefined });
  };
  const turn = (change: Partial<Record<keyof ModelSearch, unknown>>) => {
    setChosen([]);
    go(change);
  };

  return (
    <>
      <PageHeader title={t('list.title')} description={t('list.description')} actions={<AddModelButton />} />
      <OutageBanner outages={live.data?.outages ?? []} />
      <ModelFilters search={search} providers={live.data?.providers ?? []} onChange={filter} />
      {chosenRows.length > 0 && <BulkBar chosen={chosenRows} onDone={() => setChosen([])} />}
      {isLost(models) ? (
        <ErrorState error={models.error} retry={() => void models.refetch()} />
      ) : models.data?.total === 0 ? (
        <Card>
          <EmptyState title={t('empty.filteredTitle')} description={t('empty.filteredDescription')} />
        </Card>
      ) : phone ? (
        <ModelCards models={rows} total={models.data?.total ?? 0} search={search} chosen={chosen} onChoose={setChosen} onChange={turn} />
      ) : (
        <ModelTable models={rows} total={models.data?.total ?? 0} search={search} loading={models.isPending} chosen={chosen} onChoose={setChosen} onChange={turn} />
      )}
    </>
  );
}
