import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amounts } from '@/components/Amounts';
import type { Sense } from '@/components/Delta';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { change, moneyChange, share, type Sums } from '@/lib/sums';
import type { Figures } from '../api/useFigures';
import { Figure } from './Figure';

interface Kind {
  key: string;
  sense: Sense;
  show: (sums: Sums) => ReactNode;
  change: (now: Sums, before: Sums) => number | null;
}

function useKinds(): Kind[] {
  const format = useFormat();
  const errors = (sums: Sums) => share(sums.failedRequests, sums.requests);
  const simple = (pick: (sums: Sums) => number | null) => (now: Sums, before: Sums) => change(pick(now), pick(before));
  return [
    { key: 'cost', sense: 'neutral', show: (sums) => <Amounts of={sums.cost} />, change: (now, before) => moneyChange(now.cost, before.cost) },
    { key: 'tokens', sense: 'neutral', show: (sums) => format.compact(sums.tokens), change: simple((sums) => sums.tokens) },
    { key: 'requests', sense: 'neutral', show: (sums) => format.compact(sums.requests), change: simple((sums) => sums.requests) },
    { key: 'errors', sense: 'bad', show: (sums) => format.percent(errors(sums)), change: simple(errors) },
    { key: 'firstContent', sense: 'bad', show: (sums) => format.milliseconds(sums.firstContentMs), change: simple((sums) => sums.firstContentMs) },
    { key: 'duration', sense: 'bad', show: (sums) => format.milliseconds(sums.durationMs), change: simple((sums) => sums.durationMs) },
  ];
}

/** Today and this month at a glance. */
export function FigureRow({ today, month }: { today: Figures; month: Figures }) {
  const { t } = useTranslation('overview');
  const kinds = useKinds();
  if (today.error !== null && today.now === undefined) {
    return (
      <section className="overview-figures" aria-label={t('figures')}>
        <ErrorState error={today.error} retry={today.retry} />
      </section>
    );
  }
  const shown = (kind: Kind, { now, before }: Figures) =>
    now === undefined ? null : { value: kind.show(now), change: before === undefined ? null : kind.change(now, before) };
  return (
    <section className="overview-figures" aria-label={t('figures')}>
      {kinds.map((kind) => (
        <Figure key={kind.key} label={t(`figure.${kind.key}`)} sense={kind.sense} today={shown(kind, today)} month={shown(kind, month)} />
      ))}
    </section>
  );
}
