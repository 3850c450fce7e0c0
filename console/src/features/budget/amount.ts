import type { Budget } from './api/budgets';

/** Whether a text is an amount of the unit: money has at most nine places, tokens are whole. */
export function isAmount(text: string | undefined, unit: Budget['unit']): boolean {
  const typed = (text ?? '').trim();
  return (unit === 'tokens' ? /^\d{1,18}$/ : /^\d{1,10}(\.\d{1,9})?$/).test(typed) && /[1-9]/.test(typed);
}
