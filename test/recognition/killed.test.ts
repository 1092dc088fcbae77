import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { thumbprintOf } from '../../src/crypto/index.ts';
import { type AgreementPlace, stateOf } from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { freePorts } from '../support/redis.ts';
import { type KillableRegion, startKillable } from './killed-region.ts';
import { contentOf, partyOf } from './regions.ts';

const codes = { a: '990100', b: '990200' };
const clock = frozenClock();
let a: KillableRegion;
let b: KillableRegion;

beforeAll(async () => {
  const [portOfA = 0, portOfB = 0] = await freePorts(2);
  a = await startKillable(portOfA, codes.a, clock);
  b = await startKillable(portOfB, codes.b, clock);
  await meet(a, b, codes.b);
  await meet(b, a, codes.a);
  for (const side of [a, b]) await visit(side);
}, 60_000);
afterAll(() => Promise.all([a?.stop(), b?.stop()]));

const meet = async (
  { recognition }: KillableRegion,
  { issuer, agreementKey }: KillableRegion,
  regionCode: string,
) => {
  const { entityId, regionPrefix, name } = partyOf(issuer, regionCode, agreementKey);
  await recognition.addPeer({ entityId, regionCode, regionPrefix, name, agreementKey, actor: 'o1' });
  const thumbprint = thumbprintOf(agreementKey);
  for (const actor of ['o1', 'o2']) await recognition.comparePeer({ entityId, thumbprint, actor });
};

const seenBy = async ({ recognition }: KillableRegion, place: AgreementPlace, peer: string) => {
  const [newest] = await recognition.findVersions(place.agreementId);
  return {
    state: newest ? stateOf(newest, clock.now()) : null,
    undelivered: (await recognition.listUndelivered()).length,
    held: JSON.stringify([
      await recognition.listStatuses(peer),
      (await recognition.envelopeFor(peer, place))?.signed,
    ]),
  };
};

/** Lets a side tell what it has to; either may die of that. */
const visit = async (side: KillableRegion): Promise<void> => {
  await side.visit();
  for (const region of [a, b]) await region.alive();
};

const look = (place: AgreementPlace) => Promise.all([seenBy(a, place, b.issuer), seenBy(b, place, a.issuer)]);

/** Makes an agreement, one side dying at its step of that number; returns what both see in the end. */
const establish = async (victim: KillableRegion, steps: number) => {
  for (const { records } of [a, b]) await records.collection('agreements').deleteMany({});
  const content = contentOf([
    partyOf(a.issuer, codes.a, a.agreementKey),
    partyOf(b.issuer, codes.b, b.agreementKey),
  ]);
  const { digest, ...place } = await a.recognition.draftAgreement({ content, after: null, actor: 'o1' });
  await a.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  victim.arm(steps);
  let seen = await look(place);
  for (let round = 0; round < 6; round += 1) {
    await visit(a);
    if ((await look(place))[1].state === 'proposed')
      await b.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
    await visit(b);
    // The lease of a dead process ends by the clock; so does the pause after a call that failed.
    clock.advance(61);
    seen = await look(place);
    if (seen.every(({ state, undelivered }) => state === 'active' && undelivered === 0)) break;
  }
  return seen;
};

test.each(['a', 'b'] as const)(
  'side %s is killed at every step of the making of an agreement, and both hold the same bytes afterwards',
  async (name) => {
    const victim = name === 'a' ? a : b;
    for (let steps = 1; victim.kills() === steps - 1; steps += 1) {
      const seen = await establish(victim, steps);
      expect(seen).toMatchObject(Array(2).fill({ state: 'active', undelivered: 0 }));
      expect(seen[0].held).toBe(seen[1].held);
    }
    // Whatever is left of the last order must not kill it while the other side is the one to be killed.
    victim.arm(0);
    // An envelope each way and the read that follows, a question and an answer each, sent or taken.
    expect(victim.kills()).toBeGreaterThanOrEqual(6);
  },
  60_000,
);
