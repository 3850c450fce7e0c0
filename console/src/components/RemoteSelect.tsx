import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '@/lib/debounce';
import './pickers.css';

export interface Choice {
  value: string;
  label: string;
  /** What tells it from others of the same name. */
  note?: string;
}

export interface PickerProps {
  id?: string;
  value?: string | undefined;
  onChange?: (value: string | undefined, choice?: Choice) => void;
  label: string;
  allowClear?: boolean;
  disabled?: boolean;
  style?: CSSProperties;
}

interface Props extends PickerProps {
  /** Names the kind of thing, for the cache. */
  kind: string;
  load: (search: string) => Promise<Choice[]>;
  /** The choice of a value that is not among those found. */
  resolve: (value: string) => Promise<Choice>;
}

/** A select that searches on the server, so it is as fast with a hundred thousand rows as with ten. */
export function RemoteSelect({ kind, load, resolve, id, value, onChange, label, allowClear = true, disabled = false, style }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const search = useDebounced(typed);
  const found = useQuery({ queryKey: ['picker', kind, search], queryFn: () => load(search), enabled: open, staleTime: 10_000 });
  const listed = found.data?.find((choice) => choice.value === value);
  const chosen = useQuery({
    queryKey: ['picker', kind, 'chosen', value],
    queryFn: () => resolve(value ?? ''),
    enabled: value !== undefined && value !== '' && listed === undefined,
    staleTime: 60_000,
  });
  const known = listed ?? (chosen.data?.value === value ? chosen.data : undefined);
  const options = (found.data ?? []).map((choice) => ({ ...choice, label: choice.label }));
  if (known !== undefined && !options.some((option) => option.value === known.value) && typed === '') {
    options.unshift({ ...known });
  }
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear={allowClear}
      disabled={disabled}
      aria-label={label}
      placeholder={label}
      value={value === undefined || value === '' ? undefined : value}
      options={options}
      optionRender={({ data }) => (
        <span className="picker-option">
          <span>{data.label}</span>
          {data.note !== undefined && <small>{data.note}</small>}
        </span>
      )}
      labelRender={({ label: shown }) => shown ?? (chosen.isError ? value : '…')}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('picker.none')}
      popupMatchSelectWidth={false}
      onOpenChange={setOpen}
      onChange={(next: string | undefined) => {
        setTyped('');
        onChange?.(next, found.data?.find((choice) => choice.value === next));
      }}
      style={{ minWidth: 160, ...style }}
    />
  );
}
