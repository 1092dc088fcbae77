import { describe, expect, test } from '@jest/globals';
import { parseCalendarDate, shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import {
  type CertificateState,
  certificateStateAt,
  certificateStatuses,
  codeOfStatus,
  constructionMinistryStatusCodes,
  isEnded,
  parseCertificateDates,
  parseCertificateStatus,
  realEstateStatusCodes,
  statusOfCode,
} from '../../src/terms/certificate-status.ts';
import { allowsUse, parseVerdict, verdictOf } from '../../src/terms/verdict.ts';

const refused = (code: string): Error => expect.objectContaining({ code }) as unknown as Error;

describe('a day', () => {
  test.each(['2026-11-24', '2028-02-29', ' ２０２６-01-31 '])('%j is read', (text) => {
    expect(parseCalendarDate(text)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
  test.each(['2026-02-30', '2027-02-29', '2026-13-01', '2026-1-1', '20261124', '2026-11-24T00:00:00Z', ''])(
    '%j is refused',
    (text) => {
      expect(() => parseCalendarDate(text)).toThrow(refused('date-invalid'));
    },
  );
  test('turns in Shanghai at 16:00 UTC', () => {
    expect(shanghaiDateOf(new Date('2026-12-31T15:59:59.999Z'))).toBe('2026-12-31');
    expect(shanghaiDateOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });
});

describe('a status', () => {
  test('is read by its name; what is computed is none', () => {
    expect(certificateStatuses.map(parseCertificateStatus)).toEqual(certificateStatuses);
    for (const text of ['expired', 'notYetEffective', 'Valid', ''])
      expect(() => parseCertificateStatus(text)).toThrow(refused('certificate-status-unknown'));
  });

  test('is an end or not', () => {
    const states: CertificateState[] = [...certificateStatuses, 'expired', 'notYetEffective'];
    expect(states.filter((state) => !isEnded(state))).toEqual([
      'draft',
      'valid',
      'suspended',
      'expired',
      'notYetEffective',
    ]);
  });

  test.each([
    ['the construction ministry', constructionMinistryStatusCodes],
    ['real estate', realEstateStatusCodes],
  ])('goes into the codes of %s and back', (_, codes) => {
    for (const [code, status] of codes) {
      expect(statusOfCode(codes, code)).toBe(status);
      expect(codeOfStatus(codes, status)).toBe(code);
    }
  });

  test('keeps the three legal acts of ending apart in the codes of the construction ministry', () => {
    expect(['03', '04', '07'].map((code) => statusOfCode(constructionMinistryStatusCodes, code))).toEqual([
      'withdrawn',
      'cancelled',
      'revoked',
    ]);
  });

  test('that an authority has no code for is refused, and so is a code without a meaning', () => {
    expect(() => codeOfStatus(realEstateStatusCodes, 'suspended')).toThrow(
      refused('certificate-status-unknown'),
    );
    for (const code of ['99', '1', '', '00'])
      expect(() => statusOfCode(constructionMinistryStatusCodes, code)).toThrow(
        refused('certificate-status-unknown'),
      );
  });
});

describe('the days of a certificate', () => {
  test('are read, an end of 长期 or none as for good', () => {
    const days = { issuedOn: '2026-01-01' };
    for (const validUntil of ['长期', ' ', '', undefined])
      expect(parseCertificateDates({ ...days, validUntil })).toEqual(days);
    expect(parseCertificateDates({ ...days, validFrom: '2026-02-01', validUntil: '2026-02-01' })).toEqual({
      issuedOn: '2026-01-01',
      validFrom: '2026-02-01',
      validUntil: '2026-02-01',
    });
  });

  test.each([
    { issuedOn: '2026-01-02', validUntil: '2026-01-01' },
    { issuedOn: '2026-01-01', validFrom: '2026-03-01', validUntil: '2026-02-28' },
  ])('that end before they begin are refused: %j', (days) => {
    expect(() => parseCertificateDates(days)).toThrow(refused('certificate-dates-order'));
  });
});

describe('the state of a certificate', () => {
  const dates = parseCertificateDates({
    issuedOn: '2026-01-10',
    validFrom: '2026-02-01',
    validUntil: '2026-06-30',
  });
  const at = (instant: string, given = dates): CertificateState =>
    certificateStateAt({ status: 'valid', ...given }, new Date(instant));

  test('is valid from the first second of its first day in Shanghai to the last of its last', () => {
    expect(at('2026-01-31T15:59:59.999Z')).toBe('notYetEffective');
    expect(at('2026-01-31T16:00:00Z')).toBe('valid');
    expect(at('2026-06-30T15:59:59.999Z')).toBe('valid');
    expect(at('2026-06-30T16:00:00Z')).toBe('expired');
  });

  test('begins on the day of issue without a first day, and no sooner with an earlier one', () => {
    for (const validFrom of [undefined, '2025-01-01']) {
      const given = parseCertificateDates({ issuedOn: '2026-01-10', validFrom });
      expect(at('2026-01-09T15:59:59Z', given)).toBe('notYetEffective');
      expect(at('2026-01-09T16:00:00Z', given)).toBe('valid');
      expect(at('2126-01-09T16:00:00Z', given)).toBe('valid');
    }
  });

  test.each(certificateStatuses.filter((status) => status !== 'valid'))(
    'is %s on any day once the authority made it so',
    (status) => {
      for (const instant of ['2026-01-01', '2026-03-01', '2026-12-01'])
        expect(certificateStateAt({ status, ...dates }, new Date(instant))).toBe(status);
    },
  );
});

describe('a verdict', () => {
  const endedOn = parseCalendarDate('2026-03-01');

  test('is genuine only for a certificate that is valid and shown as issued', () => {
    expect(verdictOf({ state: 'valid' })).toEqual({ kind: 'genuine' });
    for (const reason of ['claims', 'digest', 'seal'] as const)
      expect(verdictOf({ state: 'valid', differsIn: reason })).toEqual({ kind: 'notGenuine', reason });
  });

  test('of one that was never issued is unknown, a draft among them', () => {
    expect(verdictOf(null)).toEqual({ kind: 'unknown' });
    expect(verdictOf({ state: 'draft', differsIn: 'seal' })).toEqual({ kind: 'unknown' });
  });

  test('of one that is ended names the act and the day, unless it is forged', () => {
    expect(verdictOf({ state: 'revoked', endedOn })).toEqual({ kind: 'ended', status: 'revoked', endedOn });
    expect(verdictOf({ state: 'revoked', endedOn, differsIn: 'digest' }).kind).toBe('notGenuine');
    expect(() => verdictOf({ state: 'revoked' })).toThrow(RangeError);
  });

  test.each(['suspended', 'notYetEffective', 'expired'] as const)('of one that is %s says so', (state) => {
    expect(verdictOf({ state })).toEqual({ kind: 'notInForce', state });
  });

  test('survives the way to another region; only the genuine one allows use there', () => {
    const sent = [
      verdictOf({ state: 'valid' }),
      verdictOf({ state: 'suspended' }),
      verdictOf({ state: 'superseded', endedOn }),
      verdictOf({ state: 'valid', differsIn: 'claims' }),
      verdictOf(null),
    ];
    const received = sent.map((verdict) => parseVerdict(JSON.parse(JSON.stringify(verdict))));
    expect(received).toEqual(sent);
    expect(received.map(allowsUse)).toEqual([true, false, false, false, false]);
  });

  test('is read without what does not belong to it', () => {
    expect(parseVerdict({ kind: 'genuine', name: '陈知远' })).toEqual({ kind: 'genuine' });
  });

  test.each([
    null,
    'genuine',
    {},
    { kind: 'Genuine' },
    { kind: 'notInForce', state: 'valid' },
    { kind: 'ended', status: 'expired', endedOn: '2026-03-01' },
    { kind: 'ended', status: 'revoked', endedOn: '2026-02-30' },
    { kind: 'ended', status: 'revoked' },
    { kind: 'notGenuine', reason: 'name' },
  ])('is not read from %j', (value) => {
    expect(() => parseVerdict(value)).toThrow(refused('verdict-malformed'));
  });
});
