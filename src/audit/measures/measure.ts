import type { ChainEntry } from '../entry.ts';

/** What is counted (监督指标): each group adds up one kind of act, split by one thing that the event says of it. */
export const measureGroups = [
  'signIns',
  'origins',
  'levels',
  'channels',
  'refusals',
  'certificates',
  'papers',
  'sites',
  'agreements',
  'ratings',
  'siteRatings',
] as const;
export type MeasureGroup = (typeof measureGroups)[number];

/** One count: a group, and the value it is split by. */
export interface Measure {
  group: MeasureGroup;
  key: string;
}

/** Marks and letters that a name of a field in a stored document must not have. */
const reserved = /[%.$]/g;

/** Writes a count's name as it stands in a bucket. */
export const nameOf = ({ group, key }: Measure): string =>
  `${group} ${key.replace(reserved, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** Reads a count's name; null for one of a group that is counted no longer. */
export function readName(name: string): Measure | null {
  const group = measureGroups.find((known) => name.startsWith(`${known} `));
  return group === undefined ? null : { group, key: decodeURIComponent(name.slice(group.length + 1)) };
}

type Detail = ChainEntry['event']['detail'];

/** The longest key: what an event says is short, and a bucket stays small whatever one says. */
const longestKey = 96;

const text = (detail: Detail, name: string): string => String(detail[name] ?? '-').slice(0, longestKey);

const refusedBy = (type: string, cause: string): Measure => ({ group: 'refusals', key: `${type} ${cause}` });

/** Refusals that are events of their own, with no further cause. */
const refusals = new Set([
  'account.sign-in-refused',
  'account.second-factor-refused',
  'account.face-refused',
  'account.match-refused',
  'authorisation.refused',
  'authorisation.match-code-wrong',
]);

/** What the life of a certificate is made of. */
const certificateActs = new Set([
  'certificate.issued',
  'certificate.reissued',
  'certificate.superseded',
  'certificate.suspended',
  'certificate.lifted',
  'certificate.withdrawn',
  'certificate.cancelled',
  'certificate.revoked',
  'certificate.transferred',
  'certificate.void',
]);

/** Lists what one entry of the chain counts for; nothing for most. */
export function measuresOf({ event: { type, actor, detail } }: ChainEntry): Measure[] {
  if (refusals.has(type)) return [refusedBy(type, '-')];
  if (certificateActs.has(type)) return [{ group: 'certificates', key: type.slice('certificate.'.length) }];
  switch (type) {
    case 'account.signed-in':
      return ofSignIn(detail);
    case 'session.started':
      return [
        { group: 'levels', key: text(detail, 'acr') },
        { group: 'channels', key: text(detail, 'channel') },
      ];
    case 'access.recorded':
      return ofAccess(actor, detail);
    case 'verification.asked':
    case 'verification.answered':
    case 'verification.scanned':
    case 'verification.answer-invalid':
      return ofVerification(type, detail);
    case 'rating.given':
      return ofRating(detail);
    default:
      return [];
  }
}

const ofSignIn = (detail: Detail): Measure[] => {
  const method = text(detail, 'method');
  return [
    { group: 'signIns', key: method },
    { group: 'origins', key: method === 'fed' ? 'other' : 'home' },
  ];
};

/** A certificate read by a site or a department on the person's behalf is one paper that nobody had to bring (免证办). */
const ofAccess = (actor: string, detail: Detail): Measure[] => {
  const isOutside = detail['readerKind'] === 'site' || detail['readerKind'] === 'department';
  if (!isOutside) return [];
  const isGranted = detail['outcome'] === 'granted';
  const site: Measure = {
    group: 'sites',
    key: `${actor.slice(0, longestKey)} ${isGranted ? 'done' : 'refused'}`,
  };
  if (!isGranted) return [site, refusedBy('access.recorded', text(detail, 'code'))];
  if (detail['typeCode'] === undefined) return [site];
  return [
    site,
    { group: 'certificates', key: 'used' },
    { group: 'papers', key: text(detail, 'typeCode').replaceAll('-', '') },
  ];
};

/** What was written before ratings named who was rated counts for nobody. */
const ofRating = (detail: Detail): Measure[] => {
  const stars = text(detail, 'stars');
  const rating: Measure = { group: 'ratings', key: stars };
  if (detail['readerId'] === undefined) return [rating];
  return [rating, { group: 'siteRatings', key: `${text(detail, 'readerId')} ${stars}` }];
};

/** What another region answers of a certificate; a refusal is under the same name as any other. */
const answers = new Set([
  'valid',
  'trust_not_covered',
  'revoked',
  'suspended',
  'expired',
  'not_yet_effective',
  'not_genuine',
  'not_found',
]);

const ofVerification = (type: string, detail: Detail): Measure[] => {
  const result = text(detail, 'result');
  const isAnswered = answers.has(result);
  const { agreementId } = detail;
  const key = `${agreementId} ${isAnswered ? 'done' : 'refused'}`;
  return [
    ...(agreementId === undefined ? [] : [{ group: 'agreements', key } as const]),
    ...(isAnswered ? [] : [refusedBy(type, result)]),
  ];
};
