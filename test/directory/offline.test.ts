import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { epochSeconds } from '../../src/base/clock.ts';
import { newSigningKey, type SigningJwk } from '../../src/crypto/key-ring.ts';
import { issueSdJwt } from '../../src/crypto/sd-jwt.ts';
import { newStatusBytes, withStatus } from '../../src/crypto/status-list.ts';
import { signStatusList } from '../../src/crypto/status-list-token.ts';
import { createKiosk, type Kiosk, openKioskFolder } from '../../src/directory/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const issuer = 'https://id.example.gov.cn';
const listUri = `${issuer}/status-lists/1`;
const longestKnowledgeSeconds = 3600;
const newKey = async (): Promise<SigningJwk> => JSON.parse((await newSigningKey()).secret.toString('utf8'));

let key: SigningJwk;
let folder: string;
let clock: ReturnType<typeof frozenClock>;
let web: Map<string, string>;
let kiosk: Kiosk;

beforeEach(async () => {
  key = await newKey();
  folder = await mkdtemp(join(tmpdir(), 'yihao-kiosk-'));
  clock = frozenClock();
  web = new Map();
  kiosk = await openKiosk();
});
afterEach(() => rm(folder, { recursive: true }));

/** Opens a machine on the folder; a second one stands for the first after it was switched off. */
const openKiosk = async (): Promise<Kiosk> =>
  createKiosk({
    cache: await openKioskFolder(folder),
    clock,
    issuers: [issuer],
    longestKnowledgeSeconds,
    fetchText: async (url) => {
      const text = web.get(url);
      if (text === undefined) throw new Error(`${url} cannot be reached`);
      return text;
    },
  });

const publish = async (bytes = newStatusBytes(64), signed: { uri?: string; by?: SigningJwk } = {}) => {
  web.set(`${issuer}/jwks`, JSON.stringify({ keys: [{ ...key, d: undefined }] }));
  web.set(`${issuer}/status-lists`, JSON.stringify({ status_lists: [listUri] }));
  const { uri = listUri, by = key } = signed;
  web.set(listUri, await signStatusList(by, { uri, bytes }, clock));
};

/** Publishes, has the machine fetch it, and cuts the network. */
const fetchOnce = async (bytes?: Buffer): Promise<void> => {
  await publish(bytes);
  expect(await kiosk.refresh()).toMatchObject([{ isFetched: true, lists: 1 }]);
  web.clear();
};

let codes = 0;
const codeOf = (changes: Record<string, unknown> = {}, by = key): Promise<string> => {
  const now = epochSeconds(clock);
  codes += 1;
  const claims = {
    iss: issuer,
    vct: 'urn:yihao:presentation:11999999000000019M003:1',
    iat: now,
    exp: now + 120,
    jti: `code-${codes}`,
    status: { status_list: { idx: 5, uri: listUri } },
    typeName: '机动车驾驶证',
    issuerName: '示例省公安厅',
    maskedName: '**远',
    fields: { vehicleClass: ['准驾车型', 'C1'] },
    ...changes,
  };
  return issueSdJwt(by, claims, {});
};

const refusalOf = async (text: string): Promise<string> => {
  const verdict = await kiosk.check(text);
  return verdict.kind === 'genuine' ? 'genuine' : `${verdict.kind} ${verdict.refusal.code}`;
};

describe('a machine without a network', () => {
  test('says what a genuine code shows, and since when it knows', async () => {
    const fetchedAt = clock.now();
    await fetchOnce();
    clock.advance(1800);
    expect(await kiosk.check(` ${await codeOf()}\r\n`)).toEqual({
      kind: 'genuine',
      knownAt: fetchedAt,
      shown: {
        issuer,
        typeName: '机动车驾驶证',
        issuerName: '示例省公安厅',
        maskedName: '**远',
        validUntil: null,
        fields: [{ name: 'vehicleClass', label: '准驾车型', value: 'C1' }],
        signedAt: clock.now(),
      },
    });
  });

  test('sees an end once its list is fetched anew, and not before', async () => {
    await fetchOnce();
    await publish(withStatus(newStatusBytes(64), 5, 'invalid'));
    const code = await codeOf();
    expect(await refusalOf(code)).toBe('genuine');
    clock.advance(30);
    await kiosk.refresh();
    expect(await kiosk.check(code)).toMatchObject({ kind: 'ended', knownAt: clock.now() });
    await fetchOnce(withStatus(newStatusBytes(64), 5, 'suspended'));
    expect(await refusalOf(code)).toBe('notInForce credential-suspended');
  });

  test('takes a code once, also after it was switched off, and forgets it only after its end', async () => {
    await fetchOnce();
    const code = await codeOf();
    expect(await refusalOf(code)).toBe('genuine');
    expect(await refusalOf(code)).toBe('notGenuine offline-used');
    kiosk = await openKiosk();
    await kiosk.refresh();
    expect(await refusalOf(code)).toBe('notGenuine offline-used');
    clock.advance(181);
    await kiosk.refresh();
    expect(await refusalOf(code)).toBe('notGenuine credential-expired');
  });

  test('allows a minute between the clocks, and no more', async () => {
    await fetchOnce();
    const [first, second] = [await codeOf(), await codeOf()];
    clock.advance(179);
    expect(await refusalOf(first)).toBe('genuine');
    clock.advance(1);
    expect(await refusalOf(second)).toBe('notGenuine credential-expired');
    const now = epochSeconds(clock);
    expect(await refusalOf(await codeOf({ iat: now + 60, exp: now + 180 }))).toBe('genuine');
    const early = await codeOf({ iat: now + 61, exp: now + 181 });
    expect(await refusalOf(early)).toBe('notGenuine credential-not-yet-valid');
  });
});

describe('what a machine does not rely on', () => {
  beforeEach(() => fetchOnce());

  test.each([
    ['of a region it does not know', { iss: 'https://other.example' }, 'credential-issuer-unknown'],
    [
      'whose list is kept by a stranger',
      { status: { status_list: { idx: 5, uri: 'https://x.example/1' } } },
      'credential-malformed',
    ],
    [
      'that is a wallet’s credential',
      { vct: 'urn:yihao:certificate:11999999000000019M003:1' },
      'credential-type-not-accepted',
    ],
    ['without an end', { exp: undefined }, 'credential-malformed'],
    ['without a name of its own', { jti: undefined }, 'credential-malformed'],
  ])('a code %s', async (_, changes, code) => {
    expect(await refusalOf(await codeOf(changes))).toBe(`notGenuine ${code}`);
  });

  test('a code signed by a key it has not kept, or by another under the name of one', async () => {
    const other = await newKey();
    expect(await refusalOf(await codeOf({}, other))).toBe('notGenuine offline-key-unknown');
    const forged = await codeOf({}, { ...other, kid: key.kid });
    expect(await refusalOf(forged)).toBe('notGenuine credential-signature');
  });

  test('a code of which a byte was changed, and what is no code at all', async () => {
    const [header = '', , signature = ''] = (await codeOf()).split('.');
    const [, payload = ''] = (await codeOf({ maskedName: '*丰' })).split('.');
    expect(await refusalOf([header, payload, signature].join('.'))).toBe('notGenuine credential-signature');
    expect(await refusalOf('4006912345')).toBe('notGenuine credential-malformed');
    expect(await refusalOf('https://id.example.gov.cn/p/x')).toBe('cannotTell offline-online-code');
  });
});

describe('knowledge', () => {
  test('that is missing or too old says nothing, nor does any when the clock was set back', async () => {
    expect(await refusalOf(await codeOf())).toBe('cannotTell offline-knowledge-missing');
    await fetchOnce();
    clock.advance(longestKnowledgeSeconds);
    expect(await refusalOf(await codeOf())).toBe('genuine');
    clock.advance(1);
    expect(await refusalOf(await codeOf())).toBe('cannotTell offline-knowledge-too-old');
    clock.advance(-longestKnowledgeSeconds - 62);
    expect(await refusalOf(await codeOf())).toBe('cannotTell offline-knowledge-too-old');
  });

  test('of the keys alone does not do for a list that was opened later', async () => {
    await fetchOnce();
    const code = await codeOf({ status: { status_list: { idx: 5, uri: `${issuer}/status-lists/2` } } });
    expect(await refusalOf(code)).toBe('cannotTell offline-knowledge-missing');
  });

  test('is not replaced by a list of other certificates, of another region, or by a network’s own page', async () => {
    await fetchOnce();
    const knownAt = clock.now();
    clock.advance(60);
    await publish(newStatusBytes(64), { uri: `${issuer}/status-lists/2` });
    expect(await kiosk.refresh()).toEqual([{ issuer, isFetched: false, lists: 0, knownAt }]);
    await publish(newStatusBytes(64), { by: await newKey() });
    expect(await kiosk.refresh()).toEqual([{ issuer, isFetched: false, lists: 0, knownAt }]);
    await publish();
    web.set(`${issuer}/jwks`, '<html>欢迎使用</html>');
    expect(await kiosk.refresh()).toEqual([{ issuer, isFetched: false, lists: 0, knownAt }]);
    expect(await kiosk.check(await codeOf())).toMatchObject({ kind: 'genuine', knownAt });
  });

  test('whose list was put there by somebody else, or has run out by its own word, is not used', async () => {
    await fetchOnce();
    const cache = await openKioskFolder(folder);
    const foreign = await signStatusList(key, { uri: `${issuer}/2`, bytes: newStatusBytes(64) }, clock);
    await cache.keep(listUri, { text: foreign, fetchedAt: clock.now() });
    expect(await refusalOf(await codeOf())).toBe('cannotTell credential-status-list-invalid');
    await fetchOnce();
    const old = await cache.read(listUri);
    clock.advance(86_400);
    await publish();
    await kiosk.refresh();
    await cache.keep(listUri, { text: old?.text ?? '', fetchedAt: clock.now() });
    expect(await refusalOf(await codeOf())).toBe('cannotTell credential-status-list-invalid');
  });
});
