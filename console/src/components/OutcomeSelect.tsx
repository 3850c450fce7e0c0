import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { OUTCOMES, outcomesOf } from '@/lib/outcomes';

/** Chooses calls by what came of them: one, several or any. */
export function OutcomeSelect({ value, onChange }: { value: string | undefined; onChange: (outcomes: string | undefined) => void }) {
  const { t } = useTranslation('meter');
  return (
    <Select
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      showSearch={false}
      aria-label={t('outcomeLabel')}
      placeholder={t('outcomeLabel')}
      value={outcomesOf(value)}
      style={{ width: 180 }}
      options={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
      onChange={(chosen: string[]) => onChange(chosen.length === 0 ? undefined : chosen.join())}
    />
  );
}
