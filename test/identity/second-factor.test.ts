import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../config/demo/people.ts';
import type { AppError } from '../../src/base/error.ts';
import { isEasyToGuess } from '../../src/identity/easy-to-guess.ts';
import { oneTimePassword } from '../../src/identity/second-factor/totp.ts';
import { type IdentityHouse, openIdentityHouse } from '../support/identity-house.ts';

const password = 'correct horse battery';
const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

describe('a code of an app', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('is at %d seconds what RFC 6238 says', (seconds, code) => {
    const secret = Buffer.from('12345678901234567890');
    expect(oneTimePassword(secret, Math.floor(seconds / 30), 8)).toBe(code);
  });
});

describe('a password', () => {
  test.each([
    'Password123',
    '1234567890',
    'woaini1314',
    'Wo.Ai-Ni.5201314',
    // The 999,973rd of the million.
    'Vjhtghjlerns',
    'abababababab',
    'qwertyuiop',
    'x-19900000001-y',
  ])('such as %s is easy to guess', async (chosen) => {
    expect(await isEasyToGuess(chosen, ['999999199001010016', '19900000001'])).toBe(true);
  });

  test('of a few unrelated words is not', async () => {
    expect(await isEasyToGuess(password, ['999999199001010016'])).toBe(false);
  });
});

describe('an account with an app', () => {
  let house: IdentityHouse;
  let next = 0;
  let number: string;
  let accountId: string;
  let secret: Buffer;
  let recoveryCodes: string[];

  beforeAll(async () => {
    house = await openIdentityHouse({ triesPerAddress: 14 });
  });
  afterAll(() => house.close());

  const codeNow = (): string => oneTimePassword(secret, Math.floor(house.clock.now().getTime() / 1000 / 30));
  const begin = (binding = 'b'): Promise<unknown> =>
    house.identity.signInWithPassword({ number, password, address: number, binding });
  const finish = (code: string, binding = 'b') =>
    house.identity.finishSecondFactor({ binding, code, address: number });

  beforeEach(async () => {
    const person = demoPeople[next++] ?? { number: '', name: '' };
    ({ number } = person);
    const input = { number, name: person.name, password, assurance: 3 as const, actor: 'test' };
    ({ accountId } = await house.identity.createAccount(input));
    const setUp = await house.identity.beginTotp({ accountId });
    secret = fromBase32(setUp.secret);
    ({ recoveryCodes } = await house.identity.finishTotp({ accountId, code: codeNow() }));
    house.clock.advance(60);
  });

  test('is not opened by the password alone, and by both reaches the third level', async () => {
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    expect(await finish(codeNow())).toEqual({ accountId, amr: ['pwd', 'otp', 'mfa'], assurance: 3 });
    await expect(finish(codeNow())).rejects.toMatchObject({ code: 'second-factor-expired' });
  });

  test('takes a code once, and an older one after it not at all', async () => {
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    const used = codeNow();
    await finish(used);
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    await expect(finish(used)).rejects.toMatchObject({ code: 'second-factor-refused' });
  });

  test('takes each of ten recovery codes once, however it is typed; new ones end the old', async () => {
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    await finish(first.toLowerCase().replace('-', ' '));
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    await expect(finish(first)).rejects.toMatchObject({ code: 'second-factor-refused' });
    await house.identity.renewRecoveryCodes({ accountId });
    await expect(finish(second)).rejects.toMatchObject({ code: 'second-factor-refused' });
  });

  test('waits after five wrong codes even for a right one, each time twice as long, until one is right', async () => {
    const tell = async (): Promise<unknown> =>
      finish(codeNow()).catch(({ code, values }: AppError) => [code, values]);
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    for (let i = 0; i < 5; i += 1)
      await expect(finish('nothing')).rejects.toMatchObject({ code: 'second-factor-refused' });
    expect(await tell()).toEqual(['sign-in-waits', { waitSeconds: 30 }]);
    house.clock.advance(30);
    await expect(finish('nothing')).rejects.toMatchObject({ code: 'second-factor-refused' });
    expect(await tell()).toEqual(['sign-in-waits', { waitSeconds: 60 }]);
    house.clock.advance(60);
    expect(await tell()).toMatchObject({ accountId });
    await expect(begin('c')).rejects.toMatchObject({ code: 'second-factor-needed' });
    await expect(finish('nothing', 'c')).rejects.toMatchObject({ code: 'second-factor-refused' });
    await expect(finish('nothing', 'c')).rejects.toMatchObject({ code: 'second-factor-refused' });
  });

  test('takes no more from an address that has tried too often, and still from another', async () => {
    await expect(begin()).rejects.toMatchObject({ code: 'second-factor-needed' });
    const given = { binding: 'b', code: 'nothing', address: 'busy' };
    const codes = [];
    for (let i = 0; i < 15; i += 1)
      codes.push(await house.identity.finishSecondFactor(given).catch(({ code }: AppError) => code));
    expect(codes.slice(4)).toEqual([
      'second-factor-refused',
      ...Array(9).fill('sign-in-waits'),
      'too-many-requests',
    ]);
    house.clock.advance(30);
    expect(await finish(codeNow())).toMatchObject({ accountId });
  });

  test('asks for none once the app is taken away', async () => {
    await house.identity.removeTotp({ accountId });
    expect(await begin()).toMatchObject({ amr: ['pwd'], assurance: 2 });
  });
});
