import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import { parsePersonName } from '../../terms/person-name.ts';
import { isDependantId, keepDependant, principalIdsOf } from './dependant.ts';
import { type MandateState, stateOf, statusAfter } from './lifecycle.ts';
import type { FamilyRole, MandateRecord } from './mandate.ts';
import { checkNoneBetween } from './offer-mandate.ts';
import { findOther } from './people.ts';
import type { MandateWork } from './ports.ts';
import { cameOfAgeOf, earlierOf, endingReasons, type MandateTerms, readTerms } from './rules.ts';
import { familyName } from './standing.ts';

interface Named {
  number: string;
  name: string;
}

/** What an officer saw papers of: one may act for the other. */
export interface CounterDraft extends MandateTerms {
  officerId: string;
  /** What the agent is to the other. */
  role: FamilyRole;
  agent: Named;
  principal: Named;
  /** SHA-256 of the papers as they were scanned, hex. */
  evidenceDigest: string;
}

/** A mandate within the family as officers see it; whoever opens the names records that first. */
export interface CounterMandate {
  mandateId: string;
  role: FamilyRole;
  state: MandateState;
  expiresAt: Date | null;
  evidenceDigest: string | null;
  agentId: string;
  principalId: string;
}

/**
 * Drafts a mandate by papers that an officer saw at a counter; it stands once a second one agreed. The agent has an
 * account; the other needs none. One for a child ends as the child comes of age. Throws mandate-person-missing,
 * mandate-self, mandate-child-of-age, mandate-evidence-digest, mandate-terms-invalid, mandate-exists, name-invalid, and
 * what the citizen number's parser throws.
 */
export async function draftAtCounter(work: MandateWork, draft: CounterDraft): Promise<{ mandateId: string }> {
  const { store, clock } = work;
  const { officerId, role, evidenceDigest } = draft;
  const now = clock.now();
  const { items, expiresAt: term } = readTerms(draft, now);
  if (!/^[0-9a-f]{64}$/.test(evidenceDigest)) throw new AppError('mandate-evidence-digest');
  const number = parseCitizenNumber(draft.principal.number, clock);
  const cameOfAge = role === 'parent' ? cameOfAgeOf(number) : term;
  if (cameOfAge === null || cameOfAge <= now) throw new AppError('mandate-child-of-age');
  const agent = await findOther(work, '', draft.agent);
  const principalId = await findPrincipal(work, draft, agent.accountId);
  await checkNoneBetween(work, principalId, agent.accountId);

  const mandateId = newId();
  await store.insertMandate({
    _id: mandateId,
    kind: 'family',
    principalId,
    agentId: agent.accountId,
    role,
    items,
    status: 'drafted',
    offeredBy: officerId,
    answererId: null,
    answerBy: null,
    expiresAt: earlierOf(term, cameOfAge),
    provenBy: null,
    attested: { evidenceDigest, officer: officerId },
    offeredAt: now,
    version: 1,
    outbox: [newEvent(clock, 'mandate.drafted', officerId, { role, evidence: evidenceDigest })],
  });
  return { mandateId };
}

const findPrincipal = async (
  work: MandateWork,
  { principal, officerId }: CounterDraft,
  agentId: string,
): Promise<string> => {
  const number = parseCitizenNumber(principal.number, work.clock);
  if ((await work.people.findAccountIdByNumber(number)) !== null)
    return (await findOther(work, agentId, principal)).accountId;
  return keepDependant(work, { number, name: parsePersonName(principal.name), actor: officerId });
};

/**
 * Brings about what a second officer answered, once; a draft whose term ran out meanwhile stays as it is. Both sides are
 * told of one that stands. Throws storage-unavailable.
 */
export async function settleCounterDraft(
  work: MandateWork,
  { mandateId, accepts, officerId }: { mandateId: string; accepts: boolean; officerId: string },
): Promise<void> {
  const { store, clock } = work;
  const mandate = await store.mandateById(mandateId);
  if (mandate === null || stateOf(mandate, clock.now()) !== 'drafted') return;
  const status = statusAfter(mandate, accepts ? 'attest' : 'decline', clock.now());
  const type = accepts ? 'mandate.attested' : 'mandate.declined';
  const event = newEvent(clock, type, officerId, { role: mandate.role });
  if (!(await store.swapMandate(mandate, { status }, event))) throw new AppError('storage-unavailable');
  if (accepts) await tellBoth(work, mandate, 'mandate-given');
}

/** What officers end a mandate for: a parent's by law, a child's because the one acted for asks for it. */
const reasonOf = (role: MandateRecord['role'], reason: string) =>
  role === 'parent' ? endingReasons.find((known) => known === reason) : reason === 'asked' ? null : undefined;

/** Refuses what officers cannot end for a reason. Throws mandate-missing, mandate-not-open, mandate-reason-missing. */
export async function checkEnding(
  work: MandateWork,
  { mandateId, reason }: { mandateId: string; reason: string },
): Promise<void> {
  const { role, state } = await readAtCounter(work, mandateId);
  if (state !== 'active') throw new AppError('mandate-not-open');
  if (reasonOf(role, reason) === undefined) throw new AppError('mandate-reason-missing');
}

/** Ends a mandate as two officers agreed, once. Both sides are told. Throws mandate-reason-missing, storage-unavailable. */
export async function endAtCounter(
  work: MandateWork,
  { mandateId, reason, officerId }: { mandateId: string; reason: string; officerId: string },
): Promise<void> {
  const { store, clock } = work;
  const mandate = await store.mandateById(mandateId);
  if (mandate === null || stateOf(mandate, clock.now()) !== 'active') return;
  const endedFor = reasonOf(mandate.role, reason);
  if (endedFor === undefined) throw new AppError('mandate-reason-missing');
  const event = newEvent(clock, 'mandate.revoked', officerId, { role: mandate.role, reason });
  const changes = { status: statusAfter(mandate, 'revoke', clock.now()), endedFor };
  if (!(await store.swapMandate(mandate, changes, event))) throw new AppError('storage-unavailable');
  await tellBoth(work, mandate, 'mandate-ended');
}

/** Finds the mandates between two people by the numbers on their cards, the newest first. */
export async function listAtCounter(
  work: MandateWork,
  { agentNumber, principalNumber }: { agentNumber: string; principalNumber: string },
): Promise<CounterMandate[]> {
  const number = parseCitizenNumber(principalNumber, work.clock);
  const [agentId, accountId] = await Promise.all(
    [agentNumber, number].map((one) => work.people.findAccountIdByNumber(one)),
  );
  if (!agentId) return [];
  const ids = await principalIdsOf(work, { accountId: accountId ?? null, number });
  const found = await Promise.all(ids.map((id) => work.store.mandatesBetween(id, agentId)));
  return found.flat().map((mandate) => viewOf(work, mandate));
}

/** Reads one of them. Throws mandate-missing. */
export async function readAtCounter(work: MandateWork, mandateId: string): Promise<CounterMandate> {
  const mandate = await work.store.mandateById(mandateId);
  if (mandate === null || mandate.kind !== 'family') throw new AppError('mandate-missing');
  return viewOf(work, mandate);
}

const viewOf = ({ clock }: MandateWork, mandate: MandateRecord): CounterMandate => ({
  mandateId: mandate._id,
  role: mandate.role === 'parent' ? 'parent' : 'child',
  state: stateOf(mandate, clock.now()),
  expiresAt: mandate.expiresAt,
  evidenceDigest: mandate.attested?.evidenceDigest ?? null,
  agentId: mandate.agentId,
  principalId: mandate.principalId,
});

const tellBoth = async (
  { tellPerson }: MandateWork,
  { agentId, principalId }: MandateRecord,
  kind: 'mandate-given' | 'mandate-ended',
): Promise<void> => {
  for (const accountId of [agentId, principalId])
    if (!isDependantId(accountId)) await tellPerson({ accountId, kind, values: { name: familyName } });
};
