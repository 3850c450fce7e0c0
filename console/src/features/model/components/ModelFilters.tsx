import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { MODEL_STATUSES, type ModelSearch } from '../search';
import { MODEL_TYPES } from '../types';

interface Props {
  search: ModelSearch;
  providers: string[];
  onChange: (change: Partial<Record<keyof ModelSearch, string | undefined>>) => void;
}

export function ModelFilters({ search, providers, onChange }: Props) {
  const { t } = useTranslation(['model', 'common']);
  const filtered = search.q !== undefined || search.provider !== undefined || search.type !== undefined || search.status !== undefined;
  return (
    <div className="filters" role="search">
      <Input.Search
        key={search.q ?? ''}
        defaultValue={search.q ?? ''}
        allowClear
        onSearch={(q) => onChange({ q: q.trim() === '' ? undefined : q.trim() })}
        placeholder={t('filter.q')}
        aria-label={t('filter.q')}
        style={{ width: 280, maxWidth: '100%' }}
      />
      <Select
        value={search.provider}
        allowClear
        showSearch
        onChange={(provider?: string) => onChange({ provider })}
        placeholder={t('filter.provider')}
        aria-label={t('filter.provider')}
        options={providers.map((value) => ({ value, label: value }))}
        style={{ width: 160 }}
      />
      <Select
        value={search.type}
        allowClear
        onChange={(type?: string) => onChange({ type })}
        placeholder={t('filter.type')}
        aria-label={t('filter.type')}
        options={MODEL_TYPES.map(({ code }) => ({ value: code, label: t(`type.${code}`) }))}
        style={{ width: 130 }}
      />
      <Select
        value={search.status}
        allowClear
        onChange={(status?: string) => onChange({ status })}
        placeholder={t('filter.status')}
        aria-label={t('filter.status')}
        options={MODEL_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        style={{ width: 130 }}
      />
      {filtered && (
        <Button type="text" onClick={() => onChange({ q: undefined, provider: undefined, type: undefined, status: undefined })}>
          {t('common:action.reset')}
        </Button>
      )}
    </div>
  );
}
