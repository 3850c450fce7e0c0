import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { timeZones } from '@/lib/zone';

const OPTIONS = timeZones().map((zone) => ({ value: zone, label: zone }));

export function ZonePicker({ id, value, onChange, width = 170 }: { id?: string; value?: string; onChange?: (zone: string) => void; width?: number | string }) {
  const { t } = useTranslation();
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch
      aria-label={t('range.zone')}
      value={value}
      options={OPTIONS}
      popupMatchSelectWidth={false}
      style={{ width }}
      onChange={(zone: string) => onChange?.(zone)}
    />
  );
}
