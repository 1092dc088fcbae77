import { expect, test } from '@jest/globals';
import { unfitBecause } from '../../src/audit/rules.ts';
import { type DomainEvent, newEvent } from '../../src/base/event.ts';
import { creditCodeCheckOf } from '../../src/terms/credit-code.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const reasonFor = (detail: DomainEvent['detail']) =>
  unfitBecause(newEvent(frozenClock(), 'paper.filed', 'officer-1', detail));
/** A credit code of digits only, as old organs have. */
const allDigits = [...'0123456789']
  .map((digit) => `1133000000248200${digit}`)
  .map((body) => `${body}${creditCodeCheckOf(body)}`)
  .find((code) => /^\d{18}$/.test(code));

test.each<[string, DomainEvent['detail']]>([
  ['a number of the present form', { holder: '110101199003070134' }],
  ['a number with an X', { holder: '11010119900307803X' }],
  ['a number of the old form', { holder: '110101900307013' }],
  ['a card number in the middle of words', { note: 'paid by 6222020200112233445 today' }],
  ['a number that is the name of a fact', { '110101199003070134': true }],
  ['a number as a number', { holder: 110101900307013 }],
])('%s keeps an event out of the chain', (_what, detail) => {
  expect(reasonFor(detail)).toBe('personal-number');
});

test.each<[string, DomainEvent['detail']]>([
  ['nothing', {}],
  ['short numbers and words', { pages: 3, level: 'A', code: '12345678901234' }],
  ['the credit code of an authority', { owner: '11999999000000019M' }],
  ['a credit code that is all digits', { owner: allDigits ?? '' }],
  ['a type by credit code and three digits', { typeCode: '11999999000000019M001' }],
  ['a digest', { digest: `${'1234567890'.repeat(6)}abcd` }],
])('%s lets it in', (_what, detail) => {
  expect(reasonFor(detail)).toBeNull();
});

test('what JSON cannot hold keeps it out', () => {
  expect(reasonFor({ share: Number.POSITIVE_INFINITY })).toBe('not-canonical');
  expect(reasonFor({ name: '\ud800' })).toBe('not-canonical');
});
