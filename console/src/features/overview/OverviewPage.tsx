import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { LostUsage } from '@/components/LostUsage';
import { PageHeader } from '@/components/PageHeader';
import { daysOf } from '@/lib/range';
import { BROWSER_ZONE } from '@/lib/zone';
import { useFigures } from './api/useFigures';
import { useNow } from './api/useNow';
import { FigureRow } from './components/FigureRow';
import { KeysOut } from './components/KeysOut';
import { LatestErrors } from './components/LatestErrors';
import { NearEnd } from './components/NearEnd';
import { Ranking } from './components/Ranking';
import { Trend } from './components/Trend';
import { Unsure } from './components/Unsure';
import { comparisons } from './periods';
import { CURRENCIES, STEPS } from './search';
import './overview.css';

const route = getRouteApi('/app/admin/');
const HOURS_MS = 23 * 3_600_000;

/** How the service is doing: money, calls, speed, and what needs a hand. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { currency = 'USD', step = 'hour' } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/' });
  const now = useNow();
  const periods = comparisons(BROWSER_ZONE, now);
  const today = useFigures(periods.today, BROWSER_ZONE, currency);
  const month = useFigures(periods.month, BROWSER_ZONE, currency);
  const days = daysOf('30d', periods.today.now.from);
  const hour = new Date(Math.floor((now.getTime() - HOURS_MS) / 3_600_000) * 3_600_000).toISOString();
  const question = { tz: BROWSER_ZONE, currency, ...(step === 'hour' ? { from: hour, to: periods.today.now.to } : days) };
  const range = { range: step === 'hour' ? 'today' : '30d' } as const;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <Segmented
              aria-label={t('span')}
              value={step}
              options={STEPS.map((value) => ({ value, label: t(`step.${value}`) }))}
              onChange={(value) => void navigate({ search: (previous) => ({ ...previous, step: value === 'hour' ? undefined : value }), replace: true })}
            />
            <Segmented
              aria-label={t('currency')}
              value={currency}
              options={[...CURRENCIES]}
              onChange={(value) => void navigate({ search: (previous) => ({ ...previous, currency: value === 'USD' ? undefined : value }), replace: true })}
            />
          </>
        }
      />
      <LostUsage from={periods.month.now.from} zone={BROWSER_ZONE} />
      <FigureRow today={today} month={month} />
      <Trend question={question} step={step} />
      <div className="overview-grid">
        <Ranking by="model" question={question} range={range} />
        <Ranking by="user" question={question} range={range} />
        <Ranking by="team" question={question} range={range} />
        <NearEnd />
        <KeysOut />
        <Unsure month={month} />
        <LatestErrors />
      </div>
    </>
  );
}
