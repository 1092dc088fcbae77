import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chen,
  codeOf,
  type DirectoryHouse,
  idCard,
  lin,
  marriage,
  openDirectoryHouse,
  photoDigest,
} from './directory-house.ts';

let house: DirectoryHouse;
let identifier: string;
beforeEach(async () => {
  house = await openDirectoryHouse();
  identifier = (await house.directory.issueCertificate(idCard())).certificate.identifier;
});
afterEach(() => house.close());

const verify = (claims: object = {}, more: object = {}) =>
  house.directory.verifyCertificate({ identifier, claims, ...more });
const alter = (changes: object) =>
  house.records.collection('certificates').updateOne({ _id: identifier as never }, { $set: changes });
const genuine = { kind: 'genuine' };
const otherwise = { kind: 'notGenuine', reason: 'claims' };

describe('verification', () => {
  test.each<[string, object]>([
    ['nothing', {}],
    ['the number', { number: chen.code }],
    ['the holder, written with blanks', { holderName: ` ${chen.name} `, holderCode: '999999 19900101 0016' }],
    ['some fields', { fields: { sex: '男', ethnicGroup: ' 汉 ' } }],
    ['a field that is empty', { fields: { remarks: '' } }],
    ['all', { number: chen.code, holderName: chen.name, holderCode: chen.code, fields: idCard().fields }],
  ])('that claims %s as it is finds it genuine', async (_what, claims) => {
    expect(await verify(claims)).toEqual(genuine);
  });

  test.each<[string, object]>([
    ['the number', { number: '1' }],
    ['the name of the holder', { holderName: lin.name, holderCode: chen.code }],
    ['the code of the holder', { holderName: chen.name, holderCode: lin.code }],
    ['a field', { fields: { sex: '女' } }],
    ['the kind of a field', { fields: { sex: ['男'] } }],
    ['a field among right ones', { number: chen.code, fields: { ...idCard().fields, address: '别处' } }],
    ['a field the type does not have', { fields: { constructor: 'x' } }],
    ['a field said to be empty', { fields: { address: '' } }],
  ])('that claims %s otherwise tells that it differs and not in what', async (_what, claims) => {
    expect(await verify(claims)).toEqual(otherwise);
  });

  test('of a certificate with two holders takes name and code of one of them only', async () => {
    const { certificate } = await house.directory.issueCertificate(marriage());
    const ask = (claims: object) =>
      house.directory.verifyCertificate({ identifier: certificate.identifier, claims });
    expect(await ask({ holderName: lin.name, holderCode: lin.code })).toEqual(genuine);
    expect(await ask({ holderName: chen.name, holderCode: lin.code })).toEqual(otherwise);
  });

  test('compares the digest of the photo', async () => {
    expect(await verify({}, { photoDigest: photoDigest.toUpperCase() })).toEqual(genuine);
    expect(await verify({}, { photoDigest: 'cd'.repeat(32) })).toEqual({
      kind: 'notGenuine',
      reason: 'digest',
    });
  });

  test.each<[string, object]>([
    ['the last day', { validUntil: '2099-12-31' }],
    ['the issuer’s name', { issuerName: '别的机构' }],
    ['the trust level', { trustLevel: 'B' }],
    ['the photo', { photoDigest: 'cd'.repeat(32) }],
    ['the version of the type', { typeVersion: 2 }],
    ['the signature', { 'seal.jws': 'e30..AAAA' }],
  ])('finds a record whose %s was altered not genuine, whatever is claimed', async (_what, changes) => {
    await alter(changes);
    expect(await verify({ number: 'wrong' })).toEqual({ kind: 'notGenuine', reason: 'seal' });
    expect(await house.directory.verifySeal(identifier)).toBe('altered');
  });

  test('finds content that was written anew with the right keys not genuine', async () => {
    const content = JSON.stringify({ number: '1', holders: [lin], fields: {}, salt: 's' });
    await alter({ content: house.crypto.cipher.seal(content, `certificates.content:${identifier}`) });
    expect(await verify()).toEqual({ kind: 'notGenuine', reason: 'seal' });
  });

  test('finds a certificate under the name of another authority not genuine', async () => {
    await alter({ issuerCode: '11999999000000027G' });
    expect(await verify()).toMatchObject({ kind: 'notGenuine', reason: 'seal' });
  });

  test('of content that does not open says that the record is damaged, and no verdict', async () => {
    await alter({ content: Buffer.from('damaged') });
    expect(await codeOf(verify())).toBe('certificate-record-damaged');
    expect(await codeOf(house.directory.findCertificate(identifier))).toBe('certificate-record-damaged');
  });

  test('goes by the dates as they are in Shanghai', async () => {
    const early = await house.directory.issueCertificate(
      idCard({
        serial: 'S2',
        dates: { issuedOn: '2026-11-24', validFrom: '2026-11-25', validUntil: '2026-11-25' },
      }),
    );
    const ask = () => house.directory.verifyCertificate({ identifier: early.certificate.identifier });
    expect(await ask()).toEqual({ kind: 'notInForce', state: 'notYetEffective' });
    house.clock.advance(12 * 3600);
    expect(await ask()).toEqual(genuine);
    house.clock.advance(24 * 3600);
    expect(await ask()).toEqual({ kind: 'notInForce', state: 'expired' });
  });

  test('knows an identifier that was not issued here from one that is none', async () => {
    const unknown = '1.2.156.3005.2.11999999000000019M001.11999999000000019M.2026000001.001.Q';
    expect(await house.directory.verifyCertificate({ identifier: unknown })).toEqual({ kind: 'unknown' });
    expect(await house.directory.findCertificate(unknown)).toBeNull();
    expect(await codeOf(house.directory.verifySeal(unknown))).toBe('certificate-unknown');
    expect(await codeOf(house.directory.verifyCertificate({ identifier: `${identifier}0` }))).toBe(
      'certificate-identifier-part',
    );
  });

  test('still holds once the authority’s key and the data key were rotated', async () => {
    await house.crypto.sealer.rotate(idCard().issuer.code, { actor: 'test' });
    await house.crypto.rotateDataKey();
    expect(await verify({ number: chen.code })).toEqual(genuine);
  });
});
