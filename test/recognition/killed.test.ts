import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AgreementPlace } from '../../src/recognition/index.ts';
import { type Compiled, compileSource } from '../support/compile.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { freePorts } from '../support/redis.ts';
import { createProcesses, type KillableRegion, startKillable } from './killed-process.ts';
import { contentOf, partyOf } from './regions.ts';

const codes = { a: '990100', b: '990200' };
let clock: FrozenClock;
let compiled: Compiled;
let processes: ReturnType<typeof createProcesses>;
let a: KillableRegion;
let b: KillableRegion;

beforeAll(async () => {
  clock = frozenClock();
  compiled = await compileSource();
  processes = createProcesses(compiled.folder);
  const [portOfA = 0, portOfB = 0] = await freePorts(2);
  a = await startKillable({ port: portOfA, regionCode: codes.a, clock }, processes);
  b = await startKillable({ port: portOfB, regionCode: codes.b, clock }, processes);
  await a.ask('meet', { peer: peerOf(b, codes.b) });
  await b.ask('meet', { peer: peerOf(a, codes.a) });
  for (const side of [a, b]) await side.ask('visit');
}, 120_000);
afterAll(async () => {
  processes?.stop();
  await Promise.all([a?.stop(), b?.stop()]);
  await compiled?.remove();
});

const peerOf = ({ issuer, agreementKey }: KillableRegion, regionCode: string) => {
  const { entityId, regionPrefix, name } = partyOf(issuer, regionCode, agreementKey);
  return { entityId, regionCode, regionPrefix, name, agreementKey };
};

interface Seen {
  state: string | null;
  undelivered: number;
  held: string;
}

const look = async (place: AgreementPlace): Promise<[Seen, Seen]> => [
  await a.ask<Seen>('look', { place, peer: b.issuer }),
  await b.ask<Seen>('look', { place, peer: a.issuer }),
];

/** Makes an agreement, one side dying at its step of that number; returns what both see in the end. */
const establish = async (victim: KillableRegion, steps: number): Promise<[Seen, Seen]> => {
  await b.ask('forget');
  const [one, other] = [a, b].map(({ issuer, agreementKey }, i) =>
    partyOf(issuer, i === 0 ? codes.a : codes.b, agreementKey),
  );
  if (!one || !other) throw new Error('there are two');
  const place = await a.ask<AgreementPlace>('propose', { content: contentOf([one, other]) });
  await victim.ask('arm', { steps });
  let seen = await look(place);
  for (let round = 0; round < 6; round += 1) {
    await a.ask('visit');
    if ((await look(place))[1].state === 'proposed') await b.ask('countersign', { place });
    await b.ask('visit');
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
    await victim.ask('arm', { steps: 0 });
    // An envelope each way and the read that follows, a question and an answer each, sent or taken.
    expect(victim.kills()).toBeGreaterThanOrEqual(6);
  },
  120_000,
);
