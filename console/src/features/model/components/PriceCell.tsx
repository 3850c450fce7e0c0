import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { isWhole } from '@/lib/rateCard';
import type { Model } from '../api/models';

/** Input and output price per million tokens; whether there is more to the price is said by a plus. */
export function PriceCell({ model }: { model: Model }) {
  const { t } = useTranslation('model');
  const { money } = useFormat();
  const { price } = model;
  if (price === null) {
    return <span className="model-muted">{t('price.none')}</span>;
  }
  return (
    <span className="numbers" style={{ whiteSpace: 'nowrap' }}>
      {money(price.rates.input, price.currency)} / {money(price.rates.output, price.currency)}
      {isWhole(price) && (
        <span className="model-muted" title={t('price.moreHelp')}>
          {' '}
          +
        </span>
      )}
    </span>
  );
}
