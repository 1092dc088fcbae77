import type {
  AgreementContent,
  AgreementPlace,
  CertificateRequest,
  CertificateRule,
  Rules,
  SignInRequest,
  SignInRule,
} from '../../src/recognition/index.ts';
import type { CalendarDate } from '../../src/terms/calendar-date.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';
import type { Random } from '../support/random.ts';
import { beat, certificateTerms, contentOf, type Region, send, signInTerms } from './regions.ts';

const loa = (level: number): string => `urn:yihao:loa:${level}`;
const levels = [1, 2, 3, 4].map(loa);
const purposes = ['P0301', 'P0302', 'P0303'];
const claims = ['name', 'phone_number'];
const types = ['11999999000000019M001', '11999999000000019M003'];
const fields = ['name', 'class', 'address'];

const some = <T>(random: Random, of: readonly T[]): T[] => of.filter(() => random.below(2) === 0);
const times = <T>(amount: number, make: () => T): T[] => Array.from({ length: amount }, make);

/** One region of two to the other, or, now and then, one that is no party. */
const route = (random: Random, codes: readonly string[]): { from: string; to: string } => {
  const [from = '', to = ''] = random.below(2) === 0 ? codes : [...codes].reverse();
  return { from, to };
};

const rulesFor = (random: Random, codes: readonly string[]): Rules => ({
  signIn: times(
    random.below(4),
    (): SignInRule => ({
      ...signInTerms,
      ...route(random, codes),
      levelMap: Object.fromEntries(some(random, levels).map((level) => [level, random.pick(levels)])),
      minimumLevel: random.pick(levels),
      maximumLevel: random.pick(levels),
      claims: some(random, claims),
      purposes: some(random, purposes),
    }),
  ),
  certificates: times(
    random.below(5),
    (): CertificateRule => ({
      ...certificateTerms,
      ...route(random, codes),
      type: random.pick(types),
      fields: some(random, fields),
      purposes: some(random, purposes),
      minimumLevel: random.pick(levels),
      consent: random.pick(['explicit', 'statutory']),
      channels: random.pick([['gateway'], ['presentation'], ['gateway', 'presentation']]),
    }),
  ),
});

/** Writes a random text that begins and ends within days. */
export async function randomContent(
  random: Random,
  [a, b]: [Region, Region],
  clock: FrozenClock,
): Promise<AgreementContent> {
  const inDays = (days: number): CalendarDate =>
    shanghaiDateOf(new Date(clock.now().getTime() + days * 86_400_000));
  const first = random.below(2);
  const last = first + random.below(3);
  return {
    ...contentOf([await a.party(), await b.party()]),
    kind: 'bilateral',
    rules: rulesFor(random, [a.regionCode, b.regionCode]),
    validFrom: inDays(first),
    validUntil: inDays(last),
    reviewBy: inDays(last),
    noticeDays: random.below(2),
  } as AgreementContent;
}

/** Drafts at one side, signs as far as chance has it, and lets both hold the same. */
export async function randomVersion(
  random: Random,
  sides: [Region, Region],
  { clock, after }: { clock: FrozenClock; after: string | null },
): Promise<AgreementPlace> {
  const [a, b] = sides;
  const content = await randomContent(random, sides, clock);
  const { digest, ...place } = await a.recognition.draftAgreement({ content, after, actor: 'o1' });
  await a.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  await send(a, b, clock);
  const fate = random.below(12);
  const act = { ...place, reason: '演练', actor: 'o1' };
  if (fate === 0) await a.recognition.withdrawProposal(act);
  else if (fate === 1) await b.recognition.rejectProposal(act);
  else if (fate > 2) await b.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
  await exchange(sides, clock);
  return place;
}

/** Tells both all there is, and lets each hear the other. */
export async function exchange([a, b]: [Region, Region], clock: FrozenClock): Promise<void> {
  await send(b, a, clock);
  await send(a, b, clock);
  await send(b, a, clock);
  await beat(a, b, clock);
}

/** Does what either side may do by itself; what its state does not allow changes nothing. */
export async function randomAct(
  random: Random,
  sides: [Region, Region],
  place: AgreementPlace,
): Promise<void> {
  const { recognition } = random.pick(sides);
  const act = { ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' };
  const acts = [
    () => recognition.suspend(act),
    () => recognition.suspend({ ...act, secondOfficer: null }),
    () => recognition.confirmSuspension({ ...place, actor: 'o2' }),
    () => recognition.resume(act),
    () => recognition.resume(act),
    () => recognition.terminate({ ...act, forCause: random.below(2) === 0 }),
  ];
  await random
    .pick(acts)()
    .catch((error: { code?: string }) => {
      if (error.code !== 'agreement-act-not-possible') throw error;
    });
}

/** Asks for something that the rules may cover, in part or not at all. */
export function randomRequest(
  random: Random,
  [a, b]: [Region, Region],
  digests: readonly string[],
): SignInRequest | CertificateRequest {
  const { from, to } = route(random, [a.regionCode, b.regionCode]);
  const shared = {
    agreementDigest: random.pick([null, null, null, ...digests]),
    from: random.below(20) === 0 ? '990300' : from,
    to,
    purpose: random.pick(purposes),
  };
  const level = random.pick(levels);
  if (random.below(2) === 0)
    return {
      ...shared,
      kind: 'certificate',
      type: random.pick(types),
      fields: some(random, fields),
      level,
      channel: random.pick(['gateway', 'presentation']),
      hasConsent: random.below(2) === 0,
    };
  return {
    ...shared,
    kind: 'sign-in',
    claims: random.pick([[], ['name'], claims]),
    level: random.pick([level, null]),
    wantedLevel: random.pick([null, null, ...levels]),
    path: random.pick([[to], [to], [to], [], ['990300', to], [from]]),
    isBrokered: random.below(8) === 0,
  };
}
