import { describe, expect, test } from '@jest/globals';
import { type CertificateAct, decideAct, lifecycle } from '../../src/directory/lifecycle.ts';
import { parseCalendarDate } from '../../src/terms/calendar-date.ts';
import { certificateStatuses, isEnded } from '../../src/terms/certificate-status.ts';

const actedOn = parseCalendarDate('2026-11-24');
const asked = (act: CertificateAct) => ({ act, reasonCode: 'r', actedOn });
const acts = Object.keys(lifecycle) as CertificateAct[];

/** Every act that is allowed, from each status; what is not here is refused. */
const allowed: Record<string, CertificateAct[]> = {
  valid: ['withdrawn', 'cancelled', 'revoked', 'transferred', 'void', 'superseded', 'suspended'],
  suspended: ['withdrawn', 'cancelled', 'revoked', 'transferred', 'void', 'lifted'],
};

describe('the lifecycle', () => {
  test.each(certificateStatuses.flatMap((status) => acts.map((act) => [status, act] as const)))(
    'from %s answers %s as the table says',
    (status, act) => {
      const isAllowed = allowed[status]?.includes(act) === true;
      expect(decideAct({ status }, asked(act)).outcome).toBe(isAllowed ? 'do' : 'refused');
    },
  );

  test.each(acts)('of %s gives an end its day, and nothing else one', (act) => {
    const status = act === 'lifted' ? 'suspended' : 'valid';
    const decision = decideAct({ status }, asked(act));
    expect(decision).toMatchObject({
      status: lifecycle[act].to,
      endedOn: isEnded(lifecycle[act].to) ? actedOn : null,
    });
  });

  test('says why an act is refused', () => {
    const codeFor = (status: (typeof certificateStatuses)[number], act: CertificateAct) => {
      const decision = decideAct({ status }, asked(act));
      return decision.outcome === 'refused' ? decision.code : null;
    };
    expect(codeFor('revoked', 'lifted')).toBe('certificate-already-ended');
    expect(codeFor('suspended', 'suspended')).toBe('certificate-is-suspended');
    expect(codeFor('suspended', 'superseded')).toBe('certificate-is-suspended');
    expect(codeFor('valid', 'lifted')).toBe('certificate-not-suspended');
  });

  test.each([
    ['act', { act: 'revoked' as const }],
    ['reason', { reasonCode: 'other' }],
    ['day', { actedOn: parseCalendarDate('2026-11-23') }],
  ])('knows the act done last, and one with another %s for another act', (_what, other) => {
    const record = { status: 'cancelled' as const, lastAct: asked('cancelled') };
    expect(decideAct(record, asked('cancelled'))).toEqual({ outcome: 'done' });
    expect(decideAct(record, { ...asked('cancelled'), ...other })).toEqual({
      outcome: 'refused',
      code: 'certificate-already-ended',
    });
  });
});
