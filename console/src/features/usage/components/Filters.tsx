import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useOwnUsage } from '@/lib/ownUsage';
import { TIME_ZONE } from '@/lib/days';
import type { Period } from '../period';
import type { UsageSearch } from '../search';
import type { SearchChange } from '../UsagePage';

interface Props {
  search: UsageSearch;
  period: Period;
  onChange: (change: SearchChange) => void;
}

/** The period, the model and the key that everything on the page is about. */
export function Filters({ search, period, onChange }: Props) {
  const { t } = useTranslation('usage');
  const range = { from: period.from, to: period.to, tz: TIME_ZONE };
  const models = useOwnUsage({ ...range, group_by: 'model' }).data?.data ?? [];
  const keys = useOwnUsage({ ...range, group_by: 'key' }).data?.data ?? [];
  const today = dayjs().startOf('day');
  const named = new Map(keys.filter((line) => typeof line.caller_key_id === 'string').map((line) => [line.caller_key_id ?? '', line.caller_key_name ?? t('keyGone')]));
  const filtered = Object.keys(search).some((name) => ['from', 'to', 'model', 'key', 'outcome', 'billing'].includes(name));
  return (
    <div className="filters">
      <DatePicker.RangePicker
        allowClear={false}
        value={[dayjs(period.from), dayjs(period.to).subtract(1, 'day')]}
        disabledDate={(date) => date.isAfter(today, 'day')}
        presets={[
          { label: t('today'), value: [today, today] },
          ...[7, 30, 90].map((days) => ({ label: t('lastDays', { count: days }), value: [today.subtract(days - 1, 'day'), today] as [dayjs.Dayjs, dayjs.Dayjs] })),
        ]}
        onChange={(dates) => onChange({ from: dates?.[0]?.format('YYYY-MM-DD'), to: dates?.[1]?.format('YYYY-MM-DD') })}
        aria-label={t('period')}
      />
      <Select
        allowClear
        showSearch
        placeholder={t('model')}
        aria-label={t('model')}
        value={search.model ?? null}
        onChange={(model) => onChange({ model: model ?? undefined })}
        options={[...new Set(models.map((line) => line.model ?? ''))].filter((model) => model !== '').map((value) => ({ value, label: value }))}
        style={{ minWidth: 180 }}
        popupMatchSelectWidth={false}
      />
      <Select
        allowClear
        placeholder={t('key')}
        aria-label={t('key')}
        value={search.key ?? null}
        onChange={(key) => onChange({ key: key ?? undefined })}
        options={[...named].map(([value, label]) => ({ value, label }))}
        style={{ minWidth: 160 }}
        popupMatchSelectWidth={false}
      />
      {filtered && (
        <Button type="text" onClick={() => onChange({ from: undefined, to: undefined, model: undefined, key: undefined, outcome: undefined, billing: undefined })}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
