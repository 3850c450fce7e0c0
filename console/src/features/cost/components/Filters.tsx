import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyPicker, ModelNamePicker, ProviderKeyPicker, TeamPicker, UserPicker } from '@/components/pickers';
import { RangePicker } from '@/components/RangePicker';
import { SearchInput } from '@/components/SearchInput';
import { USUAL_RANGE } from '../question';
import { CURRENCIES, GROUPS, type CostSearch } from '../search';

/** Everything that a report can be about; all of it stands in the address. */
export function Filters({ search, show }: { search: CostSearch; show: (next: CostSearch) => void }) {
  const { t } = useTranslation('cost');
  const { t: common } = useTranslation();
  return (
    <>
      <div className="filters">
        <Select
          aria-label={t('groupBy')}
          prefix={t('groupBy')}
          value={search.by ?? 'day'}
          style={{ minWidth: 190 }}
          options={GROUPS.map((value) => ({ value, label: t(`by.${value}`) }))}
          onChange={(by) => show({ by })}
        />
        <RangePicker value={search} otherwise={USUAL_RANGE} onChange={show} />
        <Select aria-label={t('currency')} value={search.currency ?? 'USD'} style={{ width: 84 }} options={CURRENCIES.map((value) => ({ value, label: value }))} onChange={(currency) => show({ currency })} />
      </div>
      <div className="filters">
        <ModelNamePicker label={common('subject.model')} value={search.model} onChange={(model) => show({ model })} />
        <UserPicker label={common('subject.user')} value={search.user_id} onChange={(user) => show({ user_id: user })} />
        <TeamPicker label={common('subject.team')} value={search.team_id} onChange={(team) => show({ team_id: team })} />
        <KeyPicker label={common('subject.caller_key')} value={search.caller_key_id} onChange={(key) => show({ caller_key_id: key })} />
        <SearchInput label={t('by.provider')} value={search.provider} onSearch={(provider) => show({ provider })} width={150} />
        <ProviderKeyPicker label={common('subject.provider_key')} value={search.provider_key_id} onChange={(key) => show({ provider_key_id: key })} />
      </div>
    </>
  );
}
