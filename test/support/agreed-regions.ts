import { systemClock } from '../../src/base/clock.ts';
import { thumbprintOf } from '../../src/crypto/index.ts';
import { accountLinkPurpose } from '../../src/oidc/index.ts';
import type { AgreementContent, AgreementPlace, Party } from '../../src/recognition/index.ts';
import { contentOf, day, partyOf, signInTerms } from '../recognition/regions.ts';
import { type Front, openFront } from './front.ts';
import type { FrozenClock } from './frozen-clock.ts';
import { type Instance, startInstance } from './instance.ts';

/** A region with its server on a host of its own, so that cookies of two regions do not mix. */
export interface AgreedRegion extends Instance {
  front: Front;
  regionCode: string;
  name: string;
}

/** Two regions whose citizens sign in at each other's sites. */
export interface AgreedRegions {
  a: AgreedRegion;
  b: AgreedRegion;
  place: AgreementPlace;
  /** Runs with the system's, as the libraries do, and can be put forward a little. */
  clock: FrozenClock;
  /** Lets both hear how the other sees the agreement, and what was decided before go out of memory. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts two regions with a sign-in rule in both directions. */
export async function startAgreedRegions(): Promise<AgreedRegions> {
  const clock = shiftingClock();
  const [a, b] = await Promise.all([
    startRegion('localhost', '990100', clock),
    startRegion('127.0.0.1', '990200', clock),
  ]);
  await introduce(a, b);
  await introduce(b, a);
  const place = await agree(a, b, clock);
  return {
    ...{ a, b, place, clock },
    beat: () => beat(a, b, clock),
    stop: async () => {
      await Promise.all([a, b].map(({ front }) => front.close().catch(() => undefined)));
      await Promise.all([a.stop(), b.stop()]);
    },
  };
}

const shiftingClock = (): FrozenClock => {
  let shiftMilliseconds = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + shiftMilliseconds),
    advance: (seconds) => {
      shiftMilliseconds += seconds * 1000;
    },
  };
};

const startRegion = async (host: string, regionCode: string, clock: FrozenClock): Promise<AgreedRegion> => {
  const front = await openFront(host);
  const name = `示例市${regionCode}`;
  const environment = {
    YIHAO_ISSUER: front.issuer,
    YIHAO_REGION_CODE: regionCode,
    YIHAO_REGION_NAME: name,
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost,127.0.0.1',
    // Hashing a password for each of many sign-ins would be most of what a test costs.
    YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: 'yes',
  };
  const instance = await startInstance(environment, undefined, clock);
  front.listener = instance.app.listener;
  return { ...instance, front, regionCode, name };
};

const partyAt = async ({ issuer, regionCode, app }: AgreedRegion): Promise<Party> =>
  partyOf(issuer, regionCode, (await app.house.crypto.agreementKeys.load()).current);

/** Registers another region, compares its key, and takes the operational keys it publishes. */
const introduce = async (here: AgreedRegion, there: AgreedRegion): Promise<void> => {
  const { recognition } = here.app.house;
  const { regionCode, regionPrefix, name, agreementKey } = await partyAt(there);
  const entityId = there.issuer;
  await recognition.addPeer({ entityId, regionCode, regionPrefix, name, agreementKey, actor: 'o1' });
  for (const actor of ['o1', 'o2'])
    await recognition.comparePeer({ entityId, thumbprint: thumbprintOf(agreementKey), actor });
  const keySet = await fetch(`${entityId}/.well-known/yihao-jwks`);
  await recognition.receiveKeySet(entityId, await keySet.text());
};

const agree = async (a: AgreedRegion, b: AgreedRegion, clock: FrozenClock): Promise<AgreementPlace> => {
  const parties: [Party, Party] = [await partyAt(a), await partyAt(b)];
  const directions = [
    { from: b.regionCode, to: a.regionCode },
    { from: a.regionCode, to: b.regionCode },
  ];
  const terms = { ...signInTerms, purposes: [...signInTerms.purposes, accountLinkPurpose] };
  const content: AgreementContent = {
    ...contentOf(parties),
    ...{ kind: 'bilateral', parties },
    rules: { signIn: directions.map((direction) => ({ ...direction, ...terms })), certificates: [] },
    validFrom: day('2026-01-01'),
    reviewBy: day('2125-01-01'),
    validUntil: day('2126-01-01'),
  };
  const { digest, ...place } = await a.app.house.recognition.draftAgreement({
    content,
    after: null,
    actor: 'o1',
  });
  await a.app.house.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  await send(a, b, clock);
  await b.app.house.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
  await send(b, a, clock);
  await send(a, b, clock);
  await beat(a, b, clock);
  return place;
};

/** Takes what one side has for the other there, and the answer back. */
export async function send(from: AgreedRegion, to: AgreedRegion, clock: FrozenClock): Promise<void> {
  for (const { envelope } of await from.app.house.recognition.listUndelivered()) {
    const status = await to.app.house.recognition.receive(from.issuer, envelope);
    await from.app.house.recognition.hear(to.issuer, { status, saidAt: clock.now() });
  }
}

const beat = async (a: AgreedRegion, b: AgreedRegion, clock: FrozenClock): Promise<void> => {
  clock.advance(1);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const)
    for (const status of await from.app.house.recognition.listStatuses(to.issuer))
      await to.app.house.recognition.hear(from.issuer, { status, saidAt: clock.now() });
};
