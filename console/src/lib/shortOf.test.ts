import { expect, it } from 'vitest';
import { shortOf } from './shortOf';

it.each([
  [' Pocket money ', 'Pocket money'],
  ['alexandra.konstantinidou-papadopoulos', 'alexandra.konstantinidou-papadopoulos'],
  ['Travel 128.50, meals 96.20 and hotel 210.30, with 15% off: h…', 'Travel 128.50, meals 96.20 and'],
  ['请把这份很长很长的合同逐条翻译成英文，并标出所有与付款期限有关的条款以及违约责任和争议解决方式', '请把这份很长很长的合同逐条翻译成英文，并标出所有与付款期限有关的'],
  ['a'.repeat(200), 'a'.repeat(32)],
])('of “%s” one types “%s”', (name, asked) => expect(shortOf(name)).toBe(asked));
