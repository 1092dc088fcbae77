import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { endingGrounds } from '../../src/directory/lifecycle.ts';
import {
  codeOf,
  type DirectoryHouse,
  eventTypesOf,
  idCard,
  openDirectoryHouse,
  organA,
  organB,
} from './directory-house.ts';

let house: DirectoryHouse;
let identifier: string;
beforeEach(async () => {
  house = await openDirectoryHouse();
  identifier = (await house.directory.issueCertificate(idCard())).certificate.identifier;
  house.clock.advance(10 * 86_400);
});
afterEach(() => house.close());

const act = () => ({ identifier, issuerCode: organA, reasonCode: 'r-1', actor: 'officer-1' });
const end = (other: object = {}) =>
  house.directory.endCertificate({ ...act(), ground: 'revoked', endedOn: '2026-12-01', ...other });
const suspend = (suspendedOn = '2026-12-01') => house.directory.suspendCertificate({ ...act(), suspendedOn });
const lift = (liftedOn = '2026-12-02') => house.directory.liftSuspension({ ...act(), liftedOn });
const verdict = () => house.directory.verifyCertificate({ identifier });
const eventTypes = () => eventTypesOf(house, 'certificates', identifier);

describe('ending a certificate', () => {
  test.each(endingGrounds)(
    'as %s is kept as that act, with its day, and told on verification',
    async (ground) => {
      expect(await end({ ground })).toMatchObject({ state: ground, endedOn: '2026-12-01' });
      expect(await verdict()).toEqual({ kind: 'ended', status: ground, endedOn: '2026-12-01' });
      expect(await eventTypes()).toEqual(['certificate.issued', `certificate.${ground}`]);
      expect(await house.directory.verifySeal(identifier)).toBe('genuine');
    },
  );

  test('again by the same act is answered as the first time and done once', async () => {
    const first = await end();
    house.clock.advance(3600);
    expect(await end()).toEqual(first);
    expect(await eventTypes()).toHaveLength(2);
  });

  test('ten times at once is done once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => end()));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['revoked']));
    expect(await eventTypes()).toHaveLength(2);
  });

  test('at once on two grounds lets one stand and refuses the other', async () => {
    const codes = await Promise.all([codeOf(end()), codeOf(end({ ground: 'withdrawn' }))]);
    expect(codes.sort()).toEqual(['certificate-already-ended', null]);
    expect(await eventTypes()).toHaveLength(2);
  });

  test.each([
    ['on another ground', { ground: 'cancelled' }],
    ['for another reason', { reasonCode: 'r-2' }],
    ['on another day', { endedOn: '2026-12-02' }],
  ])('that has ended, %s, is refused', async (_what, other) => {
    await end();
    expect(await codeOf(end(other))).toBe('certificate-already-ended');
    expect(await codeOf(suspend())).toBe('certificate-already-ended');
    expect(await codeOf(lift())).toBe('certificate-already-ended');
  });

  test.each<[string, object, string]>([
    ['by another authority', { issuerCode: organB }, 'certificate-issuer-other'],
    ['as superseded, which only a change does', { ground: 'superseded' }, 'certificate-status-unknown'],
    ['on a ground there is not', { ground: 'constructor' }, 'certificate-status-unknown'],
    ['tomorrow', { endedOn: '2026-12-05' }, 'certificate-act-date'],
    ['before it was issued', { endedOn: '2026-11-23' }, 'certificate-act-date'],
    ['with a sentence for a reason', { reasonCode: 'He lost it.' }, 'certificate-reason-invalid'],
  ])('%s is refused', async (_what, other, code) => {
    expect(await codeOf(end(other))).toBe(code);
    expect(await verdict()).toEqual({ kind: 'genuine' });
  });

  test('that is not there is refused', async () => {
    await house.records.collection('certificates').deleteMany({});
    expect(await codeOf(end())).toBe('certificate-unknown');
  });
});

describe('suspending a certificate', () => {
  test('takes it out of force until it is lifted, and may be done again', async () => {
    expect(await suspend()).toMatchObject({ state: 'suspended' });
    expect(await verdict()).toEqual({ kind: 'notInForce', state: 'suspended' });
    expect(await lift()).toMatchObject({ state: 'valid' });
    expect(await verdict()).toEqual({ kind: 'genuine' });
    await suspend('2026-12-03');
    expect(await eventTypes()).toEqual([
      'certificate.issued',
      'certificate.suspended',
      'certificate.lifted',
      'certificate.suspended',
    ]);
  });

  test('and lifting, each asked for twice, are done once', async () => {
    expect(await suspend()).toEqual(await suspend());
    expect(await lift()).toEqual(await lift());
    expect(await eventTypes()).toHaveLength(3);
  });

  test('of a suspended one on another day is refused, as is lifting what is not suspended', async () => {
    expect(await codeOf(lift())).toBe('certificate-not-suspended');
    await suspend();
    expect(await codeOf(suspend('2026-12-02'))).toBe('certificate-is-suspended');
  });

  test('does not keep it from being ended', async () => {
    await suspend();
    expect(await end()).toMatchObject({ state: 'revoked' });
  });
});
