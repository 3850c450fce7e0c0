import { getRouteApi } from '@tanstack/react-router';
import { Col, Row } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';
import { TIME_ZONE } from '@/lib/days';
import { outcomesOf } from '@/lib/outcomes';
import { BudgetPanel } from './components/BudgetPanel';
import { Filters } from './components/Filters';
import { RecordDrawer } from './components/RecordDrawer';
import { RecordTable } from './components/RecordTable';
import { Shares } from './components/Shares';
import { TimeChart } from './components/TimeChart';
import { Totals } from './components/Totals';
import { periodOf } from './period';
import type { UsageSearch } from './search';
import './components/usage.css';

const route = getRouteApi('/app/usage');

/** A change of what is shown; undefined takes a filter away. */
export type SearchChange = { [Key in keyof UsageSearch]?: UsageSearch[Key] | undefined };

/** What I used, what it cost, and what is left. */
export function UsagePage() {
  const { t } = useTranslation('usage');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const period = periodOf(search);
  const change = (next: SearchChange) =>
    void navigate({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined)) });
  // Another filter begins at the newest call again.
  const filter = (next: SearchChange) => change({ after: undefined, record: undefined, ...next });
  const range = { from: period.from, to: period.to, tz: TIME_ZONE };
  const narrowed = { ...(search.model === undefined ? {} : { model: search.model }), ...(search.key === undefined ? {} : { caller_key_id: search.key }) };
  const records = { ...range, ...narrowed, ...(search.outcome === undefined ? {} : { outcome: outcomesOf(search.outcome) }), ...(search.billing === undefined ? {} : { billing: search.billing }) };

  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} />
      <Filters search={search} period={period} onChange={filter} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={16}>
          <Totals question={{ ...range, ...narrowed, group_by: 'model' }} />
          <TimeChart question={{ ...range, ...narrowed, group_by: `${period.by},model` }} period={period} metric={search.metric ?? 'cost'} onChange={change} />
        </Col>
        <Col xs={24} xl={8}>
          <BudgetPanel />
        </Col>
        <Col xs={24} lg={12}>
          <Shares title={t('byModel')} question={{ ...range, ...narrowed, group_by: 'model' }} onSelect={(line) => filter({ model: line.model ?? undefined })} name={(line) => line.model ?? '–'} />
        </Col>
        <Col xs={24} lg={12}>
          <Shares
            title={t('byKey')}
            question={{ ...range, ...narrowed, group_by: 'key' }}
            onSelect={(line) => filter({ key: line.caller_key_id ?? undefined })}
            name={(line) => line.caller_key_name ?? (line.caller_key_id === null ? t('console') : t('keyGone'))}
          />
        </Col>
        <Col span={24}>
          <RecordTable search={search} question={records} onFilter={filter} onChange={change} />
        </Col>
      </Row>
      <RecordDrawer id={search.record} onClose={() => change({ record: undefined })} />
    </>
  );
}
