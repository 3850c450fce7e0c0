import { SearchOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select, Skeleton } from 'antd';
import { startTransition, useOptimistic } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { useCallableModels } from '@/lib/callableModels';
import { isLost } from '@/lib/query';
import { ModelCard } from './components/ModelCard';
import { ModelDrawer } from './components/ModelDrawer';
import { matching } from './filter';
import { TYPES, type SquareSearch } from './search';
import './components/square.css';

const route = getRouteApi('/app/models');

/** Every model that the person may use. */
export function SquarePage() {
  const { t } = useTranslation('square');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const models = useCallableModels();
  const all = models.data ?? [];
  const shown = matching(all, search);
  // The address follows when the router is through: a box that waited for it would go back first.
  const [vision, showVision] = useOptimistic(search.vision === true);
  const go = (change: { [Key in keyof SquareSearch]?: SquareSearch[Key] | undefined }) =>
    navigate({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== '')), replace: true });
  const filter = (change: Parameters<typeof go>[0]) => void go(change);
  const filterVision = (on: boolean) =>
    startTransition(async () => {
      showVision(on);
      await go({ vision: on ? true : undefined });
    });

  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} />
      <div className="filters" role="search">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('search')}
          aria-label={t('search')}
          defaultValue={search.q}
          onChange={(event) => filter({ q: event.target.value })}
          style={{ width: 260 }}
        />
        <Select
          allowClear
          showSearch
          placeholder={t('provider')}
          aria-label={t('provider')}
          value={search.provider ?? null}
          onChange={(provider) => filter({ provider: provider ?? undefined })}
          options={[...new Set(all.map((model) => model.provider))].sort().map((value) => ({ value, label: value }))}
          style={{ minWidth: 160 }}
        />
        <Select
          allowClear
          placeholder={t('typeLabel')}
          aria-label={t('typeLabel')}
          value={search.type ?? null}
          onChange={(type) => filter({ type: type ?? undefined })}
          options={TYPES.filter((type) => all.some((model) => model.type_code === type)).map((value) => ({ value, label: t(`type.${value}`) }))}
          style={{ minWidth: 140 }}
        />
        <Checkbox checked={vision} onChange={(event) => filterVision(event.target.checked)} style={{ alignSelf: 'center' }}>
          {t('vision')}
        </Checkbox>
      </div>
      {models.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : isLost(models) ? (
        <ErrorState error={models.error} retry={() => void models.refetch()} />
      ) : all.length === 0 ? (
        <EmptyState title={t('none')} description={t('noneText')} />
      ) : shown.length === 0 ? (
        <EmptyState title={t('noMatch')} action={<Button onClick={() => void navigate({ search: {} })}>{t('clear')}</Button>} />
      ) : (
        <div className="square-grid">
          {shown.map((model) => (
            <ModelCard key={model.model_id} model={model} onDetails={() => filter({ model: model.model_id })} />
          ))}
        </div>
      )}
      <ModelDrawer model={all.find((model) => model.model_id === search.model)} onClose={() => filter({ model: undefined })} />
    </>
  );
}
