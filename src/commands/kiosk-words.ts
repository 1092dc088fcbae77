import { momentOf } from '../../views/parts/moment.ts';
import { fill, type Language } from '../../views/text/index.ts';
import type { OfflineVerdict, Refreshed } from '../directory/index.ts';

/** A verdict in words, for whoever stands at the machine. Personal data when it is genuine. */
export interface SpokenVerdict {
  kind: OfflineVerdict['kind'];
  heading: string;
  lines: string[];
  rows: { label: string; value: string }[];
}

const zh = {
  headings: {
    genuine: '真实有效',
    notInForce: '现在不能使用',
    ended: '已经失效',
    notGenuine: '核验不通过',
    cannotTell: '无法判断',
  },
  knownAt: '本机所知截至 {at}，此后的变化本机不知道。',
  signedAt: '二维码由 {issuer} 于 {at} 签名，当时证照有效。',
  typeName: '证照',
  maskedName: '持证人',
  issuerName: '发证机关',
  validUntil: '有效期至',
  fetched: '{issuer}：密钥和 {lists} 个状态列表已更新，截至 {at}。',
  kept: '{issuer}：联系不上，仍用截至 {at} 的密钥和状态列表。',
  never: '{issuer}：联系不上，本机还什么都没有存下，无法核验它的二维码。',
};

const en: typeof zh = {
  headings: {
    genuine: 'Genuine',
    notInForce: 'Of no use now',
    ended: 'Ended',
    notGenuine: 'Not genuine',
    cannotTell: 'Cannot tell',
  },
  knownAt: 'Known as of {at}; what changed since is not known here.',
  signedAt: 'The code was signed by {issuer} at {at}; the certificate was valid then.',
  typeName: 'Certificate',
  maskedName: 'Holder',
  issuerName: 'Issuing authority',
  validUntil: 'Valid until',
  fetched: '{issuer}: keys and {lists} lists of statuses are up to date as of {at}.',
  kept: '{issuer}: cannot be reached; keys and lists as of {at} are still used.',
  never: '{issuer}: cannot be reached and nothing is kept of it; its codes cannot be checked.',
};

const wordsOf = (language: Language): typeof zh => (language === 'en' ? en : zh);

/** Puts a verdict into words, and since when the machine knows. */
export function speakVerdict(verdict: OfflineVerdict, language: Language): SpokenVerdict {
  const words = wordsOf(language);
  const { kind, knownAt } = verdict;
  const known = knownAt === null ? [] : [fill(words.knownAt, { at: momentOf(language, knownAt) })];
  const heading = words.headings[kind];
  if (kind !== 'genuine')
    return { kind, heading, lines: [verdict.refusal.text(language), ...known], rows: [] };
  const { issuer, typeName, maskedName, issuerName, validUntil, fields, signedAt } = verdict.shown;
  const signed = fill(words.signedAt, { issuer, at: momentOf(language, signedAt) });
  return {
    kind,
    heading,
    lines: [...known, signed],
    rows: [
      { label: words.typeName, value: typeName },
      { label: words.maskedName, value: maskedName },
      { label: words.issuerName, value: issuerName },
      ...(validUntil === null ? [] : [{ label: words.validUntil, value: validUntil }]),
      ...fields.map(({ label, value }) => ({ label, value })),
    ],
  };
}

/** Says what came of fetching a region's keys and lists. */
export function speakRefreshed({ issuer, isFetched, lists, knownAt }: Refreshed, language: Language): string {
  const words = wordsOf(language);
  if (knownAt === null) return fill(words.never, { issuer });
  const at = momentOf(language, knownAt);
  return fill(isFetched ? words.fetched : words.kept, { issuer, at, lists: String(lists) });
}
