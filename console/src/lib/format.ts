import { useTranslation } from 'react-i18next';

const SYMBOL: Record<string, string> = { USD: '$', CNY: '¥' };

/**
 * Money as the server writes it, an exact decimal in a string, for people: at least two places, and as many more as it
 * takes to show three figures of a small amount (0.000123 stays readable). Never through a binary fraction.
 */
export function formatMoney(amount: string | null | undefined, currency: string | null | undefined, most = 6): string {
  if (amount === null || amount === undefined) {
    return '–';
  }
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const significant = fraction.search(/[1-9]/);
  const places = whole !== '0' || significant === -1 ? 2 : Math.min(Math.max(2, significant + 3), most);
  const rounded = round(whole, fraction, places).replace(/(\.\d\d+?)0+$/, '$1');
  const tooSmall = /^0\.?0*$/.test(rounded) && significant !== -1;
  const shown = tooSmall ? `<${SYMBOL[currency ?? ''] ?? ''}0.${'0'.repeat(most - 1)}1` : `${SYMBOL[currency ?? ''] ?? ''}${grouped(rounded)}`;
  const unit = currency !== null && currency !== undefined && SYMBOL[currency] === undefined ? ` ${currency}` : '';
  return `${negative ? '−' : ''}${shown}${unit}`;
}

function round(whole: string, fraction: string, places: number): string {
  const padded = fraction.padEnd(places + 1, '0');
  let digits = BigInt(whole + padded.slice(0, places));
  if (padded.charCodeAt(places) >= 53) {
    digits += 1n;
  }
  const text = digits.toString().padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

function grouped(decimal: string): string {
  const [whole = '0', fraction] = decimal.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Formatters in the language of the page. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-US';
  return {
    /** 1,234,567 */
    count: (value: number | null | undefined) => (value === null || value === undefined ? '–' : new Intl.NumberFormat(locale).format(value)),
    /** 1.2M, 123万 */
    compact: (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    /** A share of 1 as a percentage. */
    percent: (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value),
    /** 1.2 s, 340 ms */
    milliseconds: (value: number | null | undefined) =>
      value === null || value === undefined ? '–' : value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} s`,
    /** In the time zone of the browser, to the second. */
    time: (iso: string | null | undefined) =>
      iso === null || iso === undefined ? '–' : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso)),
    date: (iso: string | null | undefined) => (iso === null || iso === undefined ? '–' : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso))),
    /** 5 minutes ago, 3天后 */
    relative: (iso: string | null | undefined) => (iso === null || iso === undefined ? '–' : relative(new Date(iso).getTime() - Date.now(), locale)),
    money: formatMoney,
  };
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

function relative(difference: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const [unit, size] = STEPS.find(([, length]) => Math.abs(difference) >= length) ?? (['second', 1000] as const);
  return format.format(Math.trunc(difference / size), unit);
}
