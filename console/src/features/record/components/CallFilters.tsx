import { FilterOutlined } from '@ant-design/icons';
import { Badge, Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeSelect } from '@/components/OutcomeSelect';
import { KeyPicker, ModelNamePicker, ProviderKeyPicker, TeamPicker, UserPicker } from '@/components/pickers';
import { RangePicker } from '@/components/RangePicker';
import { SearchInput } from '@/components/SearchInput';
import { BILLINGS } from '@/lib/outcomes';
import { hiddenFilters, USUAL_RANGE } from '../question';
import type { CallSearch } from '../search';

/** Every filter of the log; the seldom ones behind a button, open when one of them is set. */
export function CallFilters({ search, show, reset }: { search: CallSearch; show: (next: CallSearch) => void; reset: () => void }) {
  const { t } = useTranslation('record');
  const { t: meter } = useTranslation('meter');
  const { t: common } = useTranslation();
  const hidden = hiddenFilters(search);
  const [open, setOpen] = useState(hidden > 0);
  return (
    <>
      <div className="filters">
        <RangePicker value={search} otherwise={USUAL_RANGE} onChange={show} />
        <ModelNamePicker label={common('subject.model')} value={search.model} onChange={(model) => show({ model })} />
        <UserPicker label={common('subject.user')} value={search.user_id} onChange={(user) => show({ user_id: user })} />
        <OutcomeSelect value={search.outcome} onChange={(outcome) => show({ outcome })} />
        <SearchInput label={t('requestId')} value={search.request_id} onSearch={(id) => show({ request_id: id })} width={220} />
        <Badge count={open ? 0 : hidden} size="small">
          <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'fewer' : 'more')}
          </Button>
        </Badge>
        {Object.keys(search).length > 0 && (
          <Button type="text" onClick={reset}>
            {common('action.reset')}
          </Button>
        )}
      </div>
      {open && (
        <div className="filters">
          <TeamPicker label={common('subject.team')} value={search.team_id} onChange={(team) => show({ team_id: team })} />
          <KeyPicker label={common('subject.caller_key')} value={search.caller_key_id} onChange={(key) => show({ caller_key_id: key })} />
          <SearchInput label={t('provider')} value={search.provider} onSearch={(provider) => show({ provider })} width={140} />
          <ProviderKeyPicker label={common('subject.provider_key')} value={search.provider_key_id} onChange={(key) => show({ provider_key_id: key })} />
          <Select allowClear aria-label={t('billing')} placeholder={t('billing')} value={search.billing} style={{ minWidth: 120 }} options={BILLINGS.map((value) => ({ value, label: meter(`billing.${value}`) }))} onChange={(billing) => show({ billing })} />
          <InputNumber aria-label={t('status')} placeholder={t('status')} value={search.status ?? null} min={100} max={599} precision={0} controls={false} style={{ width: 120 }} onChange={(status) => (status === null || status >= 100) && show({ status: status ?? undefined })} />
          <SearchInput label={t('errorCode')} value={search.error_code} onSearch={(code) => show({ error_code: code })} width={170} />
          <SearchInput label={t('minCost')} value={search.min_cost} onSearch={(cost) => show({ min_cost: cost !== undefined && /^\d+(\.\d{1,9})?$/.test(cost) ? cost : undefined })} width={150} />
        </div>
      )}
    </>
  );
}
