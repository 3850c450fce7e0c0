import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { PRESETS, resolveRange, type Preset, type RangeSearch } from '@/lib/range';
import { addDays, isDay } from '@/lib/zone';
import { momentsText } from '@/lib/moments';
import { ZonePicker } from './ZonePicker';
import './pickers.css';

interface Props {
  value: RangeSearch;
  /** What holds when the address says nothing. */
  otherwise: Preset;
  onChange: (next: { range: Preset | undefined; from: string | undefined; to: string | undefined; tz: string | undefined }) => void;
}

/** A named range of days or two days of one's own, in a time zone. The last day is shown as belonging to it. */
export function RangePicker({ value, otherwise, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { from, to, tz, preset } = resolveRange(value, otherwise);
  const days = isDay(to);
  return (
    <>
      <Select<Preset | 'own'>
        aria-label={t('range.label')}
        value={preset ?? 'own'}
        style={{ minWidth: 128 }}
        options={[...PRESETS.map((each) => ({ value: each, label: t(`range.${each}`) })), ...(preset === null ? [{ value: 'own' as const, label: days ? t('range.own') : momentsText(from, to, tz, i18n.language) }] : [])]}
        onChange={(next) => next !== 'own' && onChange({ range: next === otherwise ? undefined : next, from: undefined, to: undefined, tz: value.tz })}
      />
      <DatePicker.RangePicker
        allowClear={false}
        aria-label={t('range.days')}
        value={[dayjs(from), dayjs(days ? addDays(to, -1) : to)]}
        onChange={(days) => {
          const [first, last] = days ?? [];
          if (first && last) {
            onChange({ range: undefined, from: first.format('YYYY-MM-DD'), to: last.add(1, 'day').format('YYYY-MM-DD'), tz: value.tz });
          }
        }}
      />
      <ZonePicker value={tz} onChange={(zone) => onChange({ range: value.range, from: value.from, to: value.to, tz: zone })} />
    </>
  );
}
