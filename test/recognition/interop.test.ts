import { describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/base/clock.ts';
import {
  digestOf,
  type MessageClaims,
  thumbprintOf,
  verifyKeySet,
  verifyMessage,
} from '../../src/crypto/index.ts';
import { verifySdJwt } from '../../src/crypto/sd-jwt-verify.ts';
import {
  admit,
  type CertificateRequest,
  questionShape,
  refusalStatus,
  verificationKinds,
} from '../../src/recognition/index.ts';
import { answerShape, credentialKeysShape } from '../../src/recognition/verification/message.ts';
import {
  type CertificateCase,
  type CertificateVectors,
  readCertificateVectors,
} from './certificate-vectors.ts';
import { judgeEnvelopes } from './judge.ts';

const vectors: CertificateVectors = await readCertificateVectors();
const { asker, asked, cases } = vectors;
const { certificate: kind, credentialKeys } = verificationKinds;
const clockAt = (instant: string): Clock => ({ now: () => new Date(instant) });

/** Reads a message of one side to the other by its published keys, as any implementation would. */
const read = async (
  token: string,
  [issuer, audience, type]: [string, string, string],
  clock: Clock,
): Promise<MessageClaims> => {
  const agreementKey = vectors.agreementKeys[issuer];
  const keySet = vectors.keySets[issuer];
  if (agreementKey === undefined || keySet === undefined) throw new Error('the vectors lack a key');
  const keys = await verifyKeySet(keySet, { issuer, agreementKey, clock });
  if (keys === null) throw new Error('the key set does not hold');
  const outcome = await verifyMessage(token, { type, issuer, audience }, { keys, clock });
  if (outcome.outcome !== 'verified') throw new Error(outcome.outcome);
  return outcome.claims;
};

const requestOf = (claims: MessageClaims): CertificateRequest & { agreementId: string } => {
  const { agreementId, agreementDigest, type, fields, level, basis, cause } = questionShape.parse(claims);
  return {
    kind: 'certificate',
    channel: 'gateway',
    ...{ agreementId, agreementDigest, type, fields, level },
    from: vectors.regionCodes[asked] ?? '',
    to: vectors.regionCodes[asker] ?? '',
    purpose: cause.itemCode,
    hasConsent: basis.kind === 'consent',
  };
};

/** What the gate says by the signed texts alone; null when it lets the question through. */
const refusalBy = async (one: CertificateCase, claims: MessageClaims): Promise<string | null> => {
  const { agreementId, ...request } = requestOf(claims);
  const standing = await judgeEnvelopes(vectors.agreements[one.agreement] ?? [], {
    pinned: Object.fromEntries(
      Object.entries(vectors.agreementKeys).map(([id, key]) => [id, thumbprintOf(key)]),
    ),
    heardAt: one.heardAt === null ? null : new Date(one.heardAt),
  });
  if (standing.agreementId !== agreementId) return 'agreement_not_found';
  const decision = admit(standing, request, new Date(one.now));
  return decision.admitted ? null : decision.code;
};

describe('the vectors of questions about certificates', () => {
  test.each(cases.map((one) => [one.name, one] as const))('hold for %s', async (_, one) => {
    const clock = clockAt(one.now);
    const question = await read(one.question, [asker, asked, kind.type], clock);
    const claims = await read(one.answer, [asked, asker, kind.answerType], clock);
    expect(claims['requestHash']).toBe(digestOf(one.question));
    const answer = answerShape.parse(claims);
    const said = 'refusal' in answer ? answer.refusal : (answer.verdict as { kind: string }).kind;
    expect(said).toBe(one.outcome);
    const refusal = await refusalBy(one, question);
    if ('refusal' in answer && answer.refusal === 'slow_down') {
      expect([refusal, one.status]).toEqual([null, 429]);
      return;
    }
    expect(refusal).toBe('refusal' in answer ? answer.refusal : null);
    expect(one.status).toBe('refusal' in answer ? refusalStatus[answer.refusal as never] : 200);
  });

  test('have every refusal that a question can get', () => {
    const ofSignIn = ['claim_not_covered', 'federation_loop'];
    // What a mapping lacks is no matter of these two texts.
    const codes = Object.keys(refusalStatus).filter(
      (code) => ![...ofSignIn, 'mapping_unresolved'].includes(code),
    );
    const found = cases.filter(({ status }) => status !== 200).map(({ outcome }) => outcome);
    expect([...new Set(found)].sort()).toEqual([...codes, 'slow_down'].sort());
  });

  test('hand out a credential that verifies by the keys and the list beside it, with the covered fields only', async () => {
    const [one] = cases.filter(({ name }) => name.startsWith('fields'));
    if (one === undefined) throw new Error('there is one');
    const clock = clockAt(one.now);
    const { credential, omitted } = answerShape.parse(
      await read(one.answer, [asked, asker, kind.answerType], clock),
    ) as { credential: string; omitted: string[] };
    const told = await read(vectors.credentialKeys, [asked, asker, credentialKeys.answerType], clock);
    const { keys } = credentialKeysShape.parse(told);
    const { claims } = await verifySdJwt(credential, {
      clock,
      presentedTo: null,
      keysOf: async (issuer) => (issuer === asked ? { keys } : null),
      statusListOf: async (uri) => (uri === vectors.statusList.uri ? vectors.statusList.token : ''),
    });
    expect(claims['fields']).toEqual({ vehicleClass: 'C1' });
    expect(claims['number']).toMatch(/^99990000/);
    expect(JSON.stringify(claims)).not.toContain('和平路');
    expect(omitted).toEqual(['address']);
  });
});
