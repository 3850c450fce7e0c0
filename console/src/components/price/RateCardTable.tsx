import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { RATE_CLASSES, UNITS, type RateCard } from '@/lib/rateCard';

interface Line {
  key: string;
  label: string;
  amounts: (string | undefined)[];
}

/** A whole price: a line for each class of tokens, a column for each band. */
export function RateCardTable({ card }: { card: RateCard }) {
  const { t } = useTranslation('ratecard');
  const { money, count } = useFormat();
  const bands = [{ rates: card.rates, service_tier: undefined, above_input_tokens: undefined }, ...card.tiers];
  const lines: Line[] = RATE_CLASSES.map((name) => ({ key: name, label: t(`class.${name}`), amounts: bands.map(({ rates }) => rates[name]) })).filter(({ amounts }) =>
    amounts.some((amount) => amount !== undefined),
  );
  const title = (band: (typeof bands)[number]) =>
    [
      band.service_tier === undefined ? undefined : t('tierNamed', { tier: band.service_tier }),
      band.above_input_tokens === undefined ? undefined : t('above', { tokens: count(band.above_input_tokens) }),
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  return (
    <>
      <Table<Line>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={lines}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'class', title: t('perMillion'), dataIndex: 'label' },
          ...bands.map((band, index) => ({
            key: String(index),
            title: index === 0 ? t('standard') : title(band),
            align: 'right' as const,
            render: (_: unknown, line: Line) => <span className="numbers">{line.amounts[index] === undefined ? '–' : money(line.amounts[index], card.currency, 9)}</span>,
          })),
        ]}
      />
      {UNITS.filter((unit) => card.units[unit] !== undefined).map((unit) => (
        <div key={unit} className="numbers" style={{ marginTop: 6 }}>
          {t(`unit.${unit}`)} {money(card.units[unit], card.currency, 9)}
        </div>
      ))}
    </>
  );
}
