import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  canonicalBytes,
  digestOf,
  publicEcPart,
  speakThumbprint,
  thumbprintOf,
} from '../../src/crypto/index.ts';
import { follow, startOf } from '../../src/recognition/agreement/chain.ts';
import {
  type AccessionDocument,
  type FrameworkDocument,
  parseDocument,
  writeDocument,
} from '../../src/recognition/agreement/document.ts';
import { readEvent, verifyEvent } from '../../src/recognition/agreement/event.ts';
import { verifyAgreement } from '../../src/recognition/agreement/signed.ts';
import {
  type Agreement,
  admit,
  type CertificateRequest,
  type Envelope,
  isConfirmationOverdue,
  resolveRules,
  rulesUnder,
  type SignInRequest,
  type Standing,
  stateOf,
} from '../../src/recognition/index.ts';
import { seededRandom } from '../support/random.ts';
import { certificateTerms, contentOf, day, partyOf, signInTerms } from './regions.ts';
import { certificate, readVectors, signIn } from './vectors.ts';

const newKey = () => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  return publicEcPart({ x, y });
};
const party = (regionCode: string, role: 'party' | 'operator' = 'party') =>
  partyOf(`https://id-${regionCode}.example`, regionCode, newKey(), role);
const numbered = { type: 'yihao-agreement/1', id: `agr_${'x'.repeat(22)}`, version: 1 };
const content = contentOf([party('990100'), party('990200')]);
const vectors = readVectors();
const now = new Date(vectors.now);

/** Verifies what both sides sent by the pinned keys only, and judges it from one side. */
async function judge([first, second]: Envelope[]): Promise<Standing> {
  if (!first || !second) throw new Error('two envelopes');
  const read = await verifyAgreement(first.signed, (entityId) => [vectors.pinned[entityId] ?? '']);
  const progress = [];
  for (const [i, { events }] of [first, second].entries()) {
    const owner = read.document.parties[i];
    if (!owner) throw new Error('two parties');
    let at = startOf(owner, read.digest);
    for (const text of events) {
      const event = readEvent(text);
      await verifyEvent(text, event, at.key);
      const next = follow(at, event, read);
      if (typeof next === 'string') throw new Error(next);
      at = next;
    }
    progress.push(at);
  }
  const agreement: Agreement = {
    ...read,
    signedDigest: digestOf(canonicalBytes(first.signed as never)),
    signedBy: [...read.signatures.keys()],
    progress,
    heardAt: now,
    isBehind: false,
    successor: null,
  };
  const none = { signIn: [], certificates: [] };
  const rules = (read.document.kind === 'bilateral' && resolveRules(read.document.rules, () => null)) || none;
  const { id: agreementId, version } = read.document;
  return { agreementId, version, digest: read.digest, parts: [agreement], rules, isUnresolved: false };
}

const decide = (standing: Standing, request: SignInRequest | CertificateRequest, at = now) =>
  request.kind === 'sign-in' ? admit(standing, request, at) : admit(standing, request, at);

describe('the interop vectors', () => {
  test.each(['active', 'suspended'] as const)('verify and decide as written down when %s', async (which) => {
    const standing = await judge(vectors[which]);
    expect(standing.digest).toBe(vectors.digest);
    expect(standing.parts[0]?.signedDigest).toBe(vectors.signedDigest);
    expect(standing.parts.map((part) => stateOf(part, now))).toEqual([which]);
    for (const decision of vectors.decisions)
      expect(decide(standing, decision.request)).toEqual(decision[which]);
    expect(new Set(vectors.decisions.map(({ active }) => JSON.stringify(active))).size).toBeGreaterThan(8);
  });
});

test('an agreement ends at midnight in Shanghai after its last day', async () => {
  const [agreement] = (await judge(vectors.active)).parts;
  if (!agreement) throw new Error('no agreement');
  expect(stateOf(agreement, new Date('2027-11-23T15:59:59Z'))).toBe('active');
  expect(stateOf(agreement, new Date('2027-11-23T16:00:00Z'))).toBe('expired');
});

test('an emergency suspension that nobody confirms stands, and is overdue after a day', async () => {
  const [agreement] = (await judge(vectors.active)).parts;
  const [own, peer] = agreement?.progress ?? [];
  if (!agreement || !own || !peer) throw new Error('no agreement');
  const suspension = { since: now, confirmBy: new Date(now.getTime() + 86_400_000) };
  const suspended = { ...agreement, progress: [{ ...own, suspension }, peer] };
  expect(isConfirmationOverdue(suspended, now)).toBe(false);
  expect(isConfirmationOverdue(suspended, suspension.confirmBy)).toBe(true);
  expect(stateOf(suspended, suspension.confirmBy)).toBe('suspended');
});

test('both sides decide random requests alike, each from what it was sent', async () => {
  const random = seededRandom(7);
  const [here, there] = [await judge(vectors.active), await judge(vectors.active)];
  const levels = ['1', '2', '3', '4', '9'].map((n) => `urn:yihao:loa:${n}`);
  const seen = new Set<string>();
  for (let i = 0; i < 500; i += 1) {
    const terms = {
      purposes: random.pick([['P0301'], ['P0302'], []]),
      minimumLevel: random.pick(levels.slice(0, 4)),
    };
    const consent = random.pick(['explicit', 'statutory'] as const);
    const withRules = ({ rules, ...rest }: Standing): Standing => ({
      ...rest,
      rules: {
        signIn: rules.signIn.map((rule) => ({ ...rule, ...terms })),
        certificates: rules.certificates.map((rule) => ({ ...rule, ...terms, consent })),
      },
    });
    const request = random.pick<SignInRequest | CertificateRequest>([
      { ...signIn, level: random.pick([...levels, null]), wantedLevel: random.pick([...levels, null]) },
      { ...certificate, level: random.pick(levels), hasConsent: random.below(2) === 0 },
    ]);
    const one = decide(withRules(here), request);
    expect(decide(withRules(there), request)).toEqual(one);
    seen.add(one.admitted ? one.kind : one.code);
    // It never rises: whatever the agreement says, no one gets more than was reached at home.
    if (one.admitted && one.kind === 'sign-in' && one.level !== null && request.level !== null)
      expect(one.level <= request.level).toBe(true);
  }
  expect([...seen].sort()).toEqual(
    ['certificate', 'consent_required', 'insufficient_assurance', 'purpose_not_covered', 'sign-in'].sort(),
  );
});

describe('a document', () => {
  const { bytes } = writeDocument({ ...content, ...numbered });
  const text = bytes.toString();
  const placeOf = (act: () => unknown) => {
    try {
      act();
      return null;
    } catch (error) {
      return (error as { values: { place: string } }).values.place;
    }
  };

  test.each([
    ['as written', text, null],
    ['with a space', ` ${text}`, 'canonical form'],
    ['with a member twice', text.replace('{', '{"noticeDays":30,'), 'canonical form'],
    ['with a member nobody knows', text.replace('"version"', '"vrsn":1,"version"'), 'members'],
    ['with half a character', text.replace('示例发', '\\ud800'), 'characters'],
    ['of no JSON', text.slice(1), 'JSON'],
    ['too long', text.padEnd(257 * 1024), 'size'],
  ])('%s is read or refused', (_, given, place) => {
    expect(placeOf(() => parseDocument(Buffer.from(given)))).toBe(place);
  });

  test('lets a party sign only for the codes under its own prefix', () => {
    const foreign = { ...signInTerms, from: '980100', to: '990100' };
    const rules = { signIn: [foreign], certificates: [] };
    expect(placeOf(() => writeDocument({ ...content, ...numbered, rules }))).toBe('rules.signIn.0.from');
    const parties = [{ ...party('990100'), regionPrefix: '99' }, party('990200')];
    expect(placeOf(() => writeDocument({ ...content, ...numbered, parties }))).toBe('parties.regionPrefix');
  });
});

test('under a framework the most restrictive wins, reservations are taken out, and a stranger gets nothing', () => {
  const operator = { ...party('990000', 'operator'), regionPrefix: '99' };
  const { validFrom, validUntil, reviewBy, noticeDays, legalBasis, suites } = content;
  const shared = { ...numbered, validFrom, validUntil, reviewBy, noticeDays, legalBasis, suites };
  const terms = { signIn: [signInTerms], certificates: [certificateTerms] };
  const framework = writeDocument({ ...shared, kind: 'framework', parties: [operator], terms });
  const of = framework as { document: FrameworkDocument; digest: string };
  const joining = (member: ReturnType<typeof party>, changes: object): AccessionDocument =>
    writeDocument({
      ...shared,
      id: `agr_${member.regionCode.padEnd(22, 'y')}`,
      kind: 'accession',
      parties: [member, operator],
      framework: { id: numbered.id, version: 1, digest: framework.digest },
      offers: terms,
      acceptances: terms,
      reservations: [],
      ...changes,
    }).document as AccessionDocument;
  const narrow = {
    signIn: [],
    certificates: [{ ...certificateTerms, minimumLevel: 'urn:yihao:loa:3', retentionDays: 7 }],
  };
  const from = joining(party('990200'), {
    offers: narrow,
    reservations: [
      { kind: 'certificate', type: certificateTerms.type, purposes: ['P0302'], fields: ['class'] },
    ],
  });
  const to = joining(party('990100'), { validUntil: day('2027-06-02') });
  expect(rulesUnder(of, from, to)).toEqual({
    signIn: [],
    certificates: [
      {
        ...certificateTerms,
        ...{ from: '990200', to: '990100', minimumLevel: 'urn:yihao:loa:3', retentionDays: 7 },
        ...{ purposes: ['P0301'], fields: ['name'], fieldMap: {} },
      },
    ],
  });
  const stranger = joining(party('990300'), {
    framework: { id: numbered.id, version: 2, digest: framework.digest },
  });
  expect(rulesUnder(of, stranger, to)).toEqual({ signIn: [], certificates: [] });
});

test('a thumbprint is written in eight groups of four and spelled', () => {
  const thumbprint = thumbprintOf(newKey());
  const { groups, words, qrText } = speakThumbprint(thumbprint);
  expect(groups.join(' ')).toMatch(/^([0-9A-Z]{4} ){7}[0-9A-Z]{4}$/);
  expect(words.map((group) => group.map(([first]) => first).join(''))).toEqual(groups);
  expect(qrText).toContain(thumbprint);
});
