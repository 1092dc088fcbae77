/**
 * A month of invented traffic for the demo's supervision (监督): numbers only, the same for the same day whenever they are
 * made, and marked as invented where they are shown. Nobody behind them exists.
 */
import { createHash } from 'node:crypto';

/** What the traffic goes over. */
export interface TrafficPlan {
  /** Client identifiers, the busiest first. */
  sites: readonly string[];
  /** Codes of types, the most used first. */
  types: readonly string[];
  agreementId: string | null;
}

/** How often one thing happened, under the names that the counts of supervision have. */
export interface TrafficCount {
  group: string;
  key: string;
  count: number;
}

/** Returns a number from 0 to 1 that follows from words. */
const chance = (...words: readonly string[]): number =>
  createHash('sha256').update(words.join(' ')).digest().readUInt32BE() / 2 ** 32;

/** How much of the whole each key has, about. */
const shares: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  signIns: { passkey: 0.46, pwd: 0.2, qr: 0.16, sms: 0.12, fed: 0.04, totp: 0.02 },
  levels: { 'urn:yihao:loa:1': 0.08, 'urn:yihao:loa:2': 0.52, 'urn:yihao:loa:3': 0.4 },
  channels: { phone: 0.48, wechat: 0.24, computer: 0.2, alipay: 0.07, other: 0.01 },
  refusals: {
    'account.sign-in-refused -': 0.03,
    'authorisation.refused -': 0.012,
    'access.recorded authorisation-missing': 0.008,
    'account.second-factor-refused -': 0.004,
  },
  certificates: { issued: 0.06, superseded: 0.01, cancelled: 0.004, revoked: 0.001 },
  ratings: { 5: 0.02, 4: 0.009, 3: 0.002, 2: 0.0005, 1: 0.0005 },
};

const typeShares = [0.12, 0.08, 0.06, 0.03, 0.02];
const siteShares = [0.2, 0.09, 0.03];
const busiest = 2400;

/** How busy a day is: weekends less, and a little more each week. */
const volumeOf = (day: string): number => {
  const date = new Date(`${day}T00:00:00Z`);
  const isWeekend = date.getUTCDay() % 6 === 0;
  return busiest * (isWeekend ? 0.45 : 0.85) * (0.9 + 0.2 * chance(day));
};

/** How much of a day's traffic an hour has: offices are open from nine to six. */
const hourShare = (hour: number): number => (hour < 7 ? 0.008 : hour < 9 || hour > 18 ? 0.03 : 0.075);

const sumOf = (counts: readonly TrafficCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** Makes the traffic of a day, `2026-11-24`, or of an hour of it, `2026-11-24T13`. */
export function demoTraffic(span: string, plan: TrafficPlan): TrafficCount[] {
  const [day = span, hour] = span.split('T');
  const volume = volumeOf(day) * (hour === undefined ? 1 : hourShare(Number(hour)));
  const countOf = (group: string, key: string, share: number): TrafficCount[] => {
    const count = Math.round(volume * share * (0.85 + 0.3 * chance(span, group, key)));
    return count === 0 ? [] : [{ group, key, count }];
  };
  const shared = Object.entries(shares).flatMap(([group, keys]) =>
    Object.entries(keys).flatMap(([key, share]) => countOf(group, key, share)),
  );
  const signIns = shared.filter(({ group }) => group === 'signIns');
  const papers = plan.types.flatMap((code, i) => countOf('papers', code, typeShares[i] ?? 0));
  return [
    ...shared,
    ...papers,
    // What follows from other counts does so here too.
    { group: 'certificates', key: 'used', count: sumOf(papers) },
    { group: 'origins', key: 'home', count: sumOf(signIns.filter(({ key }) => key !== 'fed')) },
    { group: 'origins', key: 'other', count: sumOf(signIns.filter(({ key }) => key === 'fed')) },
    ...plan.sites.flatMap((clientId, i) => [
      ...countOf('sites', `${clientId} done`, siteShares[i] ?? 0),
      ...countOf('sites', `${clientId} refused`, (siteShares[i] ?? 0) * 0.02),
    ]),
    ...(plan.agreementId === null
      ? []
      : [
          ...countOf('agreements', `${plan.agreementId} done`, 0.02),
          ...countOf('agreements', `${plan.agreementId} refused`, 0.001),
        ]),
  ];
}
