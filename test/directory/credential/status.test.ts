import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ownStatusList, statusAt } from '../../../src/crypto/status-list.ts';
import { statusOfState } from '../../../src/directory/credential/credential.ts';
import { certificateStatuses } from '../../../src/terms/certificate-status.ts';
import { codeOf } from '../directory-house.ts';
import { type CredentialHouse, openCredentialHouse } from './credential-house.ts';

let house: CredentialHouse;
beforeEach(async () => {
  house = await openCredentialHouse();
});
afterEach(() => house.close());

const actor = 'officer-1';
const issued = async () => {
  const identifier = await house.certify();
  return { identifier, ...(await house.credentials.issueCredential({ identifier, actor })) };
};
const refresh = (identifier: string, credentials = house.credentials) =>
  credentials.refreshStatus({ identifier, actor });
const keyOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).kid;
const issuedAtOf = (token: string): number =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).iat;

describe('what the list says', () => {
  test('follows the certificate: suspended, lifted, ended', async () => {
    const { identifier, credential } = await issued();
    expect(await refresh(identifier)).toEqual({ status: 'valid', isChanged: false });
    await house.suspend(identifier);
    expect(await refresh(identifier)).toEqual({ status: 'suspended', isChanged: true });
    expect(await codeOf(house.verify(credential))).toBe('credential-suspended');
    await house.lift(identifier);
    expect(await refresh(identifier)).toEqual({ status: 'valid', isChanged: true });
    expect(await codeOf(house.verify(credential))).toBeNull();
    await house.end(identifier);
    expect(await refresh(identifier)).toEqual({ status: 'invalid', isChanged: true });
    expect(await codeOf(house.verify(credential))).toBe('credential-ended');
    expect(await refresh(identifier)).toEqual({ status: 'invalid', isChanged: false });
  });

  test('changes for one certificate and no other', async () => {
    const all = [await issued(), await issued(), await issued()];
    const [first, second] = all;
    await house.end(second?.identifier ?? '');
    await refresh(second?.identifier ?? '');
    const codes = await Promise.all(all.map(({ credential }) => codeOf(house.verify(credential))));
    expect(codes).toEqual([null, 'credential-ended', null]);
    const list = await house.rawList(first?.listId ?? '');
    expect(list).toMatchObject({ revision: 2 });
  });

  test('is one of three for every state of a certificate; days are no matter of the list', () => {
    expect(
      ['valid', 'expired', 'notYetEffective', 'suspended'].map((state) => statusOfState(state as 'valid')),
    ).toEqual(['valid', 'valid', 'valid', 'suspended']);
    const others = certificateStatuses.filter((status) => status !== 'valid' && status !== 'suspended');
    expect(new Set(others.map(statusOfState))).toEqual(new Set(['invalid']));
    expect(statusOfState(null)).toBe('invalid');
  });

  test('is nothing of a certificate that no credential was made of', async () => {
    expect(await refresh(await house.certify())).toBeNull();
    expect(await codeOf(refresh('1.2.3'))).toBe('certificate-identifier-form');
  });

  test('is right for each, though many end at once in two processes', async () => {
    const another = await house.openAnother();
    const all = await Promise.all(Array.from({ length: 10 }, issued));
    await Promise.all(
      all.map(async ({ identifier }, i) => {
        await house.end(identifier);
        await refresh(identifier, i % 2 === 0 ? house.credentials : another);
      }),
    );
    for (const { listId, index } of all) {
      const { bytes } = await house.rawList(listId);
      const raw = bytes as { buffer: Buffer };
      expect(statusAt(ownStatusList(Buffer.isBuffer(bytes) ? bytes : Buffer.from(raw.buffer)), index)).toBe(
        'invalid',
      );
    }
  });

  test('is not lost when another entry of the list is written between reading and writing', async () => {
    const [one, two] = [await issued(), await issued()];
    await house.end(one.identifier);
    await house.end(two.identifier);
    let reads = 0;
    const interrupted = await house.openAnother({
      directory: {
        async findCertificate(asked: string) {
          reads += 1;
          if (reads === 1) expect(await refresh(two.identifier)).toMatchObject({ isChanged: true });
          return house.directory.findCertificate(asked);
        },
      },
    });
    expect(await refresh(one.identifier, interrupted)).toEqual({ status: 'invalid', isChanged: true });
    // Once in vain, once to write, and once to see that both agree.
    expect(reads).toBe(3);
    for (const { credential } of [one, two])
      expect(await codeOf(house.verify(credential))).toBe('credential-ended');
  });

  test('is not an old state that a slow refresh brings late', async () => {
    const { identifier, credential } = await issued();
    await house.suspend(identifier);
    // Reads the certificate while it is suspended, and goes on only after it was lifted and refreshed.
    let reads = 0;
    const slow = await house.openAnother({
      directory: {
        async findCertificate(asked: string) {
          const found = await house.directory.findCertificate(asked);
          reads += 1;
          if (reads > 1) return found;
          await house.lift(identifier);
          expect(await refresh(identifier)).toEqual({ status: 'valid', isChanged: false });
          return found;
        },
      },
    });
    expect(await refresh(identifier, slow)).toEqual({ status: 'valid', isChanged: true });
    house.clock.advance(60);
    expect(await codeOf(house.verify(credential))).toBeNull();
  });

  test('is set by the time a credential is out, though its certificate was ended meanwhile', async () => {
    const identifier = await house.certify();
    let reads = 0;
    const racing = await house.openAnother({
      directory: {
        async findCertificate(asked: string) {
          const found = await house.directory.findCertificate(asked);
          reads += 1;
          // Right after the first look; whoever ended it found no entry to change.
          if (reads === 1) {
            await house.end(identifier);
            expect(await refresh(identifier)).toBeNull();
          }
          return found;
        },
      },
    });
    expect(await codeOf(racing.issueCredential({ identifier, actor }))).toBe('credential-of-no-use');
    expect(await refresh(identifier)).toEqual({ status: 'invalid', isChanged: false });
  });
});

describe('the signed list', () => {
  test('is kept for its ttl, and seen again by another process no later', async () => {
    const { identifier, listId } = await issued();
    const another = await house.openAnother();
    const before = await another.statusListToken(listId);
    await house.end(identifier);
    await refresh(identifier);
    house.clock.advance(59);
    expect(await another.statusListToken(listId)).toBe(before);
    house.clock.advance(1);
    expect(await another.statusListToken(listId)).not.toBe(before);
  });

  test('is new at once in the process that changed it', async () => {
    const { identifier, listId } = await issued();
    const before = await house.credentials.statusListToken(listId);
    await house.suspend(identifier);
    await refresh(identifier);
    expect(await house.credentials.statusListToken(listId)).not.toBe(before);
  });

  test('is not signed again while nothing has changed, until half its life is over', async () => {
    const { listId } = await issued();
    const before = await house.credentials.statusListToken(listId);
    house.clock.advance(43_199);
    expect(await house.credentials.statusListToken(listId)).toBe(before);
    house.clock.advance(60);
    const after = await house.credentials.statusListToken(listId);
    expect(issuedAtOf(after) - issuedAtOf(before)).toBe(43_259);
  });

  test('is signed again when another certificate’s entry was changed', async () => {
    const [one, two] = [await issued(), await issued()];
    expect(one.listId).toBe(two.listId);
    const before = await house.credentials.statusListToken(one.listId);
    await house.end(two.identifier);
    await refresh(two.identifier, await house.openAnother());
    house.clock.advance(60);
    expect(await house.credentials.statusListToken(one.listId)).not.toBe(before);
    expect(await codeOf(house.verify(one.credential))).toBeNull();
  });

  test('is signed by the new key after a rotation', async () => {
    const { listId } = await issued();
    const before = await house.credentials.statusListToken(listId);
    await house.rotate();
    house.clock.advance(60);
    const after = await house.credentials.statusListToken(listId);
    const { signing } = await house.crypto.credentialKeys.load();
    expect([keyOf(before) === keyOf(after), keyOf(after)]).toEqual([false, signing.kid]);
  });

  test('is signed once for all who ask at once', async () => {
    const { listId } = await issued();
    const tokens = await Promise.all(
      Array.from({ length: 8 }, () => house.credentials.statusListToken(listId)),
    );
    expect(new Set(tokens).size).toBe(1);
  });

  test('of no list is not made', async () => {
    for (const listId of ['1', '0', '', 'x'])
      expect(await codeOf(house.credentials.statusListToken(listId))).toBe('credential-list-unknown');
  });
});
