import { describe, expect, it } from 'vitest';
import { amountOf, cardValues, EMPTY_CARD, isAmount, isWhole, pathOf, priceRequest, type RateCard } from './rateCard';

const CARD: RateCard = {
  currency: 'USD',
  rates: { input: '3', output: '15', cache_read: '0.3' },
  tiers: [{ above_input_tokens: 200000, rates: { input: '6', output: '22.5' } }],
  units: { searches: '0.01' },
};

describe('a price form', () => {
  it('sends back the card that it began with', () => {
    const { currency, rates, tiers, units } = CARD;
    expect(priceRequest(cardValues(CARD), null)).toEqual({ currency, rates, tiers, units });
  });

  it('sends nothing of what was left empty', () => {
    const values = { ...EMPTY_CARD, rates: { input: '1', output: '2', cache_read: ' ' }, units: { images: '' } };
    expect(priceRequest(values, null)).toEqual({ currency: 'USD', rates: { input: '1', output: '2' } });
  });

  it('sends a multiplier in place of a tier\'s rates, a moment and a note', () => {
    const values = { ...EMPTY_CARD, rates: { input: '1', output: '2' }, note: ' As announced ', tiers: [{ service_tier: ' batch ', by: 'multiplier' as const, multiplier: '0.5', rates: { input: '9' } }] };
    expect(priceRequest(values, '2030-01-01T00:00:00Z')).toEqual({
      currency: 'USD',
      rates: { input: '1', output: '2' },
      tiers: [{ service_tier: 'batch', multiplier: '0.5' }],
      effective_from: '2030-01-01T00:00:00Z',
      note: 'As announced',
    });
  });
});

describe('an amount', () => {
  it.each([
    ['', null],
    [undefined, null],
    ['１．２５', '1.25'],
    ['1,250', '1250'],
    [' 3 ', '3'],
  ])('%j is read as %j', (typed, amount) => expect(amountOf(typed)).toBe(amount));

  it.each(['0', '0.000000001', '12.5', ''])('%j is one', (text) => expect(isAmount(text)).toBe(true));
  it.each(['-1', '1.0000000001', '1e3', 'abc', '1.'])('%j is none', (text) => expect(isAmount(text)).toBe(false));
});

describe('a card', () => {
  it('is whole when there is more to it than input and output', () => {
    expect(isWhole(CARD)).toBe(true);
    expect(isWhole({ currency: 'USD', rates: { input: '1', output: '2' }, tiers: [], units: {} })).toBe(false);
    expect(isWhole(null)).toBe(false);
  });
});

it('finds the field of a refusal', () => {
  expect(pathOf('tiers[0].rates.input')).toEqual(['tiers', 0, 'rates', 'input']);
});
