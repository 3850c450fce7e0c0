import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { useCatalogue, type CatalogueEntry } from '@/lib/prices';

/** Finds an entry of the shipped catalogue. */
export function CataloguePicker({ initial, onPick }: { initial: string; onPick: (entry: CatalogueEntry) => void }) {
  const { t } = useTranslation('ratecard');
  const { money } = useFormat();
  const [typed, setTyped] = useState(initial);
  const { data, isFetching } = useCatalogue({ ...(typed.trim() === '' ? {} : { q: typed.trim() }), page_size: 50 });
  const entries = data?.data ?? [];
  return (
    <Select<string>
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      value={null}
      loading={isFetching}
      placeholder={t('cataloguePick')}
      aria-label={t('cataloguePick')}
      notFoundContent={isFetching ? null : t('catalogueNone')}
      options={entries.map((entry) => ({ value: `${entry.provider}/${entry.model}`, label: `${entry.provider} / ${entry.model}`, entry }))}
      optionRender={({ data: option }) => {
        const { entry } = option as unknown as { entry: CatalogueEntry };
        return (
          <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
            <span className="break-anywhere">
              {entry.provider} / {entry.model}
            </span>
            <span className="numbers">
              {money(entry.price?.rates.input, entry.price?.currency)} / {money(entry.price?.rates.output, entry.price?.currency)}
            </span>
          </div>
        );
      }}
      onSelect={(value) => {
        const picked = entries.find((entry) => `${entry.provider}/${entry.model}` === value);
        if (picked !== undefined) {
          onPick(picked);
        }
      }}
      style={{ width: '100%' }}
    />
  );
}
