import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '../../src/recognition/agreement/chain.ts';
import {
  type Agreement,
  admit,
  type CertificateRequest,
  refusalStatus,
  type SignInRequest,
  type Standing,
} from '../../src/recognition/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { exchange, randomAct, randomRequest, randomVersion } from './random-agreements.ts';
import { introduce, openRegion, type Region } from './regions.ts';

const clock = frozenClock();
let sides: [Region, Region];

beforeAll(async () => {
  sides = [await openRegion('990100', clock), await openRegion('990200', clock)];
  await introduce(...sides);
}, 60_000);
afterAll(() => Promise.all(sides?.map((side) => side.close())));

/** Makes an agreement of one version or two, which then goes through this and that; returns its identifier. */
const agreed = async (random: Random): Promise<string> => {
  for (const { records } of sides) await records.collection('agreements').deleteMany({});
  const place = await randomVersion(random, sides, { clock, after: null });
  let last = place;
  if (random.below(3) === 0) last = await randomVersion(random, sides, { clock, after: place.agreementId });
  for (let acts = random.below(4); acts > 0; acts -= 1) {
    clock.advance(random.below(3600));
    await randomAct(random, sides, random.pick([place, last]));
    await exchange(sides, clock);
  }
  return place.agreementId;
};

/** Chooses instants at which something changes, or a second before or after, or some other. */
const instantsOf = (random: Random, versions: readonly Agreement[]): Date[] => {
  const now = clock.now().getTime();
  const turns = versions.flatMap(({ document, progress, heardAt }) => [
    startOfDay(document.validFrom).getTime(),
    startOfDay(document.validUntil).getTime() + 86_400_000,
    (heardAt?.getTime() ?? now) + 120_000,
    ...progress.flatMap(({ suspension, endsAt }) =>
      [suspension?.since, endsAt].flatMap((turn) => turn ?? []),
    ),
    now + random.below(7200) * 1000,
  ]);
  return Array.from({ length: 6 }, () => new Date(+random.pick(turns) + random.pick([-1000, 0, 1000])));
};

/** What a side goes by at an instant, as it holds it itself; `isHeard` is whether it has just heard the other. */
const standingAt = async (
  { recognition }: Region,
  agreementId: string,
  { now, isHeard }: { now: Date; isHeard: boolean },
): Promise<Standing> => {
  const back = clock.now().getTime();
  clock.advance((now.getTime() - back) / 1000);
  const standing = await recognition.findStanding(agreementId);
  clock.advance((back - now.getTime()) / 1000);
  if (standing === null) throw new Error('both hold it');
  if (!isHeard) return standing;
  return { ...standing, parts: standing.parts.map((part) => ({ ...part, heardAt: now })) };
};

const decide = (standing: Standing, request: SignInRequest | CertificateRequest, now: Date) =>
  request.kind === 'sign-in' ? admit(standing, request, now) : admit(standing, request, now);

test('two regions that hold the same decide every request alike, whenever it comes, each by what it was sent', async () => {
  const random = seededRandom(1);
  const seen: string[] = [];
  for (let agreements = 0; agreements < 24; agreements += 1) {
    const agreementId = await agreed(random);
    const versions = await sides[0].recognition.findVersions(agreementId);
    const digests = [...versions.map(({ digest }) => digest), 'x'];
    for (const now of instantsOf(random, versions)) {
      const when = { now, isHeard: random.below(4) > 0 };
      const [here, there] = sides.map((side) => () => standingAt(side, agreementId, when));
      const [a, b] = [await here?.(), await there?.()];
      if (!a || !b) throw new Error('there are two');
      expect([b.version, b.digest]).toEqual([a.version, a.digest]);
      for (let requests = 0; requests < 30; requests += 1) {
        const request = randomRequest(random, sides, digests);
        const decision = decide(a, request, now);
        expect(decide(b, request, now)).toEqual(decision);
        seen.push(decision.admitted ? decision.kind : decision.code);
      }
    }
  }
  expect(seen.length).toBeGreaterThan(4000);
  // Every answer there is, but for where there is nothing to decide by.
  const missing = ['agreement_not_found', 'mapping_unresolved'];
  const all = [
    'sign-in',
    'certificate',
    ...Object.keys(refusalStatus).filter((code) => !missing.includes(code)),
  ];
  expect([...new Set(seen)].sort()).toEqual(all.sort());
}, 60_000);
