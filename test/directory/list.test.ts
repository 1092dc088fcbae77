import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ListQuery } from '../../src/directory/index.ts';
import {
  chen,
  codeOf,
  type DirectoryHouse,
  idCard,
  lin,
  marriage,
  openDirectoryHouse,
  organA,
  typeCodes,
} from './directory-house.ts';

let house: DirectoryHouse;
beforeEach(async () => {
  house = await openDirectoryHouse();
});
afterEach(() => house.close());

const issue = async (serial: string, dates: { issuedOn: string; validFrom?: string; validUntil?: string }) =>
  (await house.directory.issueCertificate(idCard({ serial, dates }))).certificate.identifier;
const list = (holder: { type: string; code: string }, query: Partial<ListQuery> = {}) =>
  house.directory.listCertificatesOfHolder(holder, { limit: 10, ...query });
const serialsOf = async (query: Partial<ListQuery>) =>
  (await list(chen, query)).certificates.map(({ identifier }) => identifier.split('.').at(-3));
const day = '2026-11-24';

describe('the certificates of a holder', () => {
  test('are those of either spouse and nobody else', async () => {
    await house.directory.issueCertificate(idCard());
    await house.directory.issueCertificate(marriage());
    expect((await list(chen)).certificates.map(({ typeCode }) => typeCode)).toEqual([
      typeCodes.idCard,
      typeCodes.marriage,
    ]);
    expect((await list(lin)).certificates.map(({ typeCode }) => typeCode)).toEqual([typeCodes.marriage]);
    expect(await list({ type: '111', code: '999999199901010089' })).toEqual({ certificates: [], next: null });
    expect((await list(chen, { typeCode: typeCodes.marriage })).certificates).toHaveLength(1);
  });

  test('are found however the number was filed', async () => {
    const liang = { type: '551', code: '810000188801010013', name: '梁景行' };
    await house.directory.issueCertificate(idCard({ serial: 'L1', holders: [liang], number: 'L1' }));
    expect((await list({ type: '111', code: liang.code })).certificates).toHaveLength(1);
  });

  test('are listed without opening one: a damaged one is listed too', async () => {
    await house.directory.issueCertificate(idCard());
    await house.records.collection('certificates').updateOne({}, { $set: { content: Buffer.from('x') } });
    const [first] = (await list(chen)).certificates;
    expect(first).toMatchObject({ typeCode: typeCodes.idCard, state: 'valid', issuerName: '示例省公安厅' });
    for (const inner of ['content', 'number', 'holders', 'fields', 'holderIndexes', 'outbox'])
      expect(first).not.toHaveProperty(inner);
  });

  test('come page by page, each once, also when one is issued meanwhile', async () => {
    for (const n of [1, 2, 3, 5]) await issue(`S${n}`, { issuedOn: day });
    const first = await list(chen, { limit: 2 });
    expect(first.certificates).toHaveLength(2);
    await issue('S4', { issuedOn: day });
    const second = await list(chen, { limit: 3, ...(first.next ? { after: first.next } : {}) });
    expect(second.next).toBeNull();
    const all = [...first.certificates, ...second.certificates].map(({ identifier }) => identifier);
    expect(all.map((identifier) => identifier.split('.').at(-3))).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
  });

  test('are chosen by what they are now', async () => {
    await issue('A1', { issuedOn: day });
    await issue('A2', { issuedOn: '2020-01-01', validUntil: day });
    await issue('B1', { issuedOn: '2020-01-01', validUntil: '2026-11-23' });
    await issue('C1', { issuedOn: day, validFrom: '2026-11-25' });
    await issue('C2', { issuedOn: '2026-11-25' });
    const ended = await issue('D1', { issuedOn: day });
    await house.directory.endCertificate({
      identifier: ended,
      issuerCode: organA,
      ground: 'void',
      reasonCode: 'mistake',
      endedOn: day,
      actor: 'officer-1',
    });
    expect(await serialsOf({ states: ['valid'] })).toEqual(['A1', 'A2']);
    expect(await serialsOf({ states: ['expired'] })).toEqual(['B1']);
    expect(await serialsOf({ states: ['notYetEffective'] })).toEqual(['C1', 'C2']);
    expect(await serialsOf({ states: ['void', 'expired'] })).toEqual(['B1', 'D1']);
    expect(await serialsOf({ states: [] })).toEqual([]);
    expect(await serialsOf({})).toHaveLength(6);
    for (const state of ['valid', 'expired', 'notYetEffective', 'void'] as const)
      for (const certificate of (await list(chen, { states: [state] })).certificates)
        expect(certificate.state).toBe(state);
  });

  test.each<[string, object, Partial<ListQuery>, string]>([
    ['a page of none', chen, { limit: 0 }, 'certificate-page-limit'],
    ['a page of 101', chen, { limit: 101 }, 'certificate-page-limit'],
    ['a holder type there is not', { ...chen, type: '7' }, {}, 'holder-type-unknown'],
    ['a number that is none', { ...chen, code: '999999199001010017' }, {}, 'citizen-number-check'],
    ['a page after nonsense', chen, { after: 'x' }, 'certificate-identifier-form'],
  ])('asked for by %s are refused', async (_what, holder, query, code) => {
    expect(await codeOf(list(holder as typeof chen, query))).toBe(code);
  });

  test('are kept by a digest that is the same for one person and not for another', () => {
    const { holderIndexOf } = house.directory;
    expect(holderIndexOf(chen)).toBe(holderIndexOf({ type: '111', code: ` ${chen.code}` }));
    expect(holderIndexOf(chen)).not.toBe(holderIndexOf(lin));
  });
});
