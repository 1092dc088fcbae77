import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { catalogueSeed } from '../../src/directory/index.ts';
import {
  chen,
  codeOf,
  type DirectoryHouse,
  eventTypesOf,
  idCard,
  lin,
  openDirectoryHouse,
  organA,
  organB,
  typeCodes,
} from './directory-house.ts';

let house: DirectoryHouse;
let identifier: string;
beforeEach(async () => {
  house = await openDirectoryHouse();
  identifier = (await house.directory.issueCertificate(idCard())).certificate.identifier;
});
afterEach(() => house.close());

const moved = { fields: { ...idCard().fields, address: '示例省示例市示例路2号' } };
const change = (other: object = {}) =>
  house.directory.changeCertificate({
    identifier,
    issuerCode: organA,
    reasonCode: 'address-changed',
    changes: moved,
    actor: 'officer-2',
    ...other,
  });
const find = (at: string) => house.directory.findCertificate(at);
const certificates = () => house.records.collection('certificates');
const suspend = () =>
  house.directory.suspendCertificate({
    identifier,
    issuerCode: organA,
    reasonCode: 'enquiry',
    suspendedOn: '2026-11-24',
    actor: 'officer-1',
  });
const cancel = (at = identifier) =>
  house.directory.endCertificate({
    identifier: at,
    issuerCode: organA,
    ground: 'cancelled',
    reasonCode: 'lost',
    endedOn: '2026-11-24',
    actor: 'officer-1',
  });

describe('a change', () => {
  test('puts a new version in the place of the old, each pointing to the other', async () => {
    const { created, certificate } = await change();
    expect(created).toBe(true);
    expect(certificate).toMatchObject({ version: 2, state: 'valid', previousIdentifier: identifier });
    expect(await find(certificate.identifier)).toMatchObject({
      ...moved,
      number: chen.code,
      holders: [chen],
    });
    expect(await find(identifier)).toMatchObject({
      state: 'superseded',
      endedOn: '2026-11-24',
      nextIdentifier: certificate.identifier,
      lastAct: { act: 'superseded', reasonCode: 'address-changed', actedOn: '2026-11-24' },
      fields: idCard().fields,
    });
    expect(await house.directory.verifySeal(certificate.identifier)).toBe('genuine');
    expect(await house.directory.verifySeal(identifier)).toBe('genuine');
  });

  test('is traced in both records', async () => {
    const { certificate } = await change();
    const eventsOf = (id: string) => eventTypesOf(house, 'certificates', id);
    expect(await eventsOf(identifier)).toEqual(['certificate.issued', 'certificate.superseded']);
    expect(await eventsOf(certificate.identifier)).toEqual(['certificate.reissued']);
  });

  test('asked for again is answered as the first was, also once the new version has ended', async () => {
    const first = await change();
    house.clock.advance(86_400);
    expect(await change()).toEqual({ ...first, created: false });
    await cancel(first.certificate.identifier);
    expect(await change()).toMatchObject({ created: false, certificate: { state: 'cancelled' } });
    expect(await certificates().countDocuments()).toBe(2);
  });

  test('that stops between its two writes leaves nothing in force, and is completed by the same request', async () => {
    const serialKey = (await certificates().findOne({}))?.['serialKey'];
    // Holds the place of the second version, so that the second write fails after the first was done.
    await certificates().insertOne({ _id: 'in-the-way' as never, serialKey, version: 2 });
    expect(await codeOf(change())).toBe('storage-unavailable');
    expect(await find(identifier)).toMatchObject({ state: 'superseded' });
    const next = (await find(identifier))?.nextIdentifier ?? '';
    expect(await house.directory.verifyCertificate({ identifier: next })).toEqual({ kind: 'unknown' });

    await certificates().deleteOne({ _id: 'in-the-way' as never });
    expect(await codeOf(change({ reasonCode: 'something-else' }))).toBe('certificate-already-ended');
    const completed = await change();
    expect(completed).toMatchObject({ created: true, certificate: { identifier: next, state: 'valid' } });
    expect(await find(next)).toMatchObject(moved);
  });

  test('that stopped is completed under the version of the type it began with', async () => {
    const { certificate } = await change();
    await certificates().deleteOne({ _id: certificate.identifier as never });
    const [type] = catalogueSeed;
    if (type === undefined) throw new Error('no seed');
    await house.directory.catalogue.saveType({ ...type, version: 2, issuers: [] }, 'test');
    expect(await change()).toMatchObject({ created: true, certificate: { typeVersion: 1 } });
  });

  test('takes the newest version of its type', async () => {
    const type = await house.directory.catalogue.findType(typeCodes.idCard);
    await house.directory.catalogue.saveType({ ...type, version: 2 }, 'test');
    expect((await change()).certificate.typeVersion).toBe(2);
    expect((await find(identifier))?.typeVersion).toBe(1);
  });

  test('made ten times at once is made once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => change()));
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(outcomes.map(({ certificate }) => certificate.seal.digest)).size).toBe(1);
  });

  test('at once with other changes lets one win and tells the others', async () => {
    const codes = await Promise.all(
      ['one', 'two', 'three', 'four'].map((address) =>
        codeOf(change({ changes: { fields: { ...idCard().fields, address } } })),
      ),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, 'certificate-changed-meanwhile']));
    expect(await certificates().countDocuments()).toBe(2);
  });

  test('at once with an end never leaves two acts done', async () => {
    const codes = await Promise.all([codeOf(change()), codeOf(cancel())]);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(await certificates().countDocuments({ status: 'valid' })).toBe(codes[0] === null ? 1 : 0);
  });

  test('of the photo leaves the old photo’s identifier behind', async () => {
    const { certificate } = await change({ changes: { photoDigest: 'cd'.repeat(32) } });
    expect(certificate.photoDigest).toBe('cd'.repeat(32));
    expect(certificate.photoId).toBeUndefined();
  });

  test('of an ended certificate is refused, and of a suspended one', async () => {
    await suspend();
    expect(await codeOf(change())).toBe('certificate-is-suspended');
    await cancel();
    expect(await codeOf(change())).toBe('certificate-already-ended');
    expect(await certificates().countDocuments()).toBe(1);
  });

  test.each<[string, object, string]>([
    ['by another authority', { issuerCode: organB }, 'certificate-issuer-other'],
    ['with a sentence for a reason', { reasonCode: '陈知远搬家' }, 'certificate-reason-invalid'],
    ['into what its type does not allow', { changes: { fields: {} } }, 'certificate-field-missing'],
    ['to holders its type does not allow', { changes: { holders: [chen, lin] } }, 'certificate-holder-count'],
    [
      'to a holder whose code is the serial',
      { changes: { holders: [{ type: '414', code: 'SYN2026000001', name: '苏念安' }] } },
      'certificate-serial-personal',
    ],
    ['of what is not there', { identifier: 'x' }, 'certificate-identifier-form'],
  ])('%s is refused and nothing is written', async (_what, other, code) => {
    expect(await codeOf(change(other))).toBe(code);
    expect(await find(identifier)).toMatchObject({ state: 'valid' });
    expect(await certificates().countDocuments()).toBe(1);
  });
});
