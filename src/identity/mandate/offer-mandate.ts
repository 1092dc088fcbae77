import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import { parsePersonName } from '../../terms/person-name.ts';
import type { KnownPerson } from '../account.ts';
import { isDependantId, keepDependant, principalIdsOf } from './dependant.ts';
import { stateOf } from './lifecycle.ts';
import type { FamilyRole, MandateRecord, OrganisationRole } from './mandate.ts';
import { countAttempt, findKnown, findOther } from './people.ts';
import type { MandateWork } from './ports.ts';
import {
  answerDays,
  cameOfAgeOf,
  daysAfter,
  earlierOf,
  isProvable,
  type MandateTerms,
  readTerms,
  rolesGivenBy,
} from './rules.ts';
import { familyName, findOwnRole } from './standing.ts';

interface Named {
  accountId: string;
  /** Of the other person. */
  number: string;
  name: string;
}

export type MemberInvitation = Named & MandateTerms & { organisationId: string; role: OrganisationRole };

export type FamilyOffer = Named &
  MandateTerms & {
    /** What the agent is to the other. */
    role: FamilyRole;
    /** Whether who offers is the agent, and asks to act for the other. */
    isAgent: boolean;
  };

/**
 * Invites a person to act for an organisation; the person answers in their own space. Throws mandate-missing,
 * mandate-role-not-given, mandate-terms-invalid, mandate-exists, too-many-requests and what findOther throws.
 */
export async function inviteMember(
  work: MandateWork,
  given: MemberInvitation,
): Promise<{ mandateId: string }> {
  const { accountId, organisationId, role } = given;
  const [organisation, ownRole] = await Promise.all([
    work.store.organisationById(organisationId),
    findOwnRole(work, organisationId, accountId),
  ]);
  if (organisation === null || rolesGivenBy(ownRole).length === 0) throw new AppError('mandate-missing');
  if (!rolesGivenBy(ownRole).includes(role)) throw new AppError('mandate-role-not-given');
  const terms = readTerms(given, work.clock.now());
  await countAttempt(work, accountId);
  const agent = await findOther(work, accountId, given);

  return offer(
    work,
    { ...terms, kind: 'organisation', principalId: organisationId, agentId: agent.accountId, role },
    { offeredBy: accountId, answererId: agent.accountId, provenBy: null, name: organisation.name },
  );
}

/**
 * Offers a mandate within the family. It stands once the other accepts it; a parent who is named so in the certificate of
 * birth of a child under age, or as head of the household that has the child, needs no answer, and the mandate ends as the
 * child comes of age; such a child needs no account. Throws person-not-known, mandate-terms-invalid, mandate-exists,
 * mandate-barred, too-many-requests, what findOther throws, and for a child without an account name-invalid.
 */
export async function offerFamilyMandate(
  work: MandateWork,
  given: FamilyOffer,
): Promise<{ mandateId: string }> {
  const now = work.clock.now();
  const { accountId, role, isAgent } = given;
  const own = await findKnown(work, accountId);
  const terms = readTerms(given, now);
  await countAttempt(work, accountId);
  const asksForChild = role === 'parent' && isAgent;
  if (asksForChild && (await work.people.findAccountIdByNumber(given.number)) === null)
    return offerForDependant(work, own, given, terms);
  const other = await findOther(work, accountId, given);
  const [agent, principal] = isAgent ? [own, other] : [other, own];
  const cameOfAge = cameOfAgeOf(principal.number);
  const proof = isProvable(given, cameOfAge, now)
    ? await work.evidence.findParentage({ parent: agent, child: principal })
    : null;

  if (proof !== null) await checkNotBarred(work, principal, agent.accountId);

  return offer(
    work,
    {
      kind: 'family',
      principalId: principal.accountId,
      agentId: agent.accountId,
      role,
      items: terms.items,
      expiresAt:
        proof === null || cameOfAge === null ? terms.expiresAt : earlierOf(terms.expiresAt, cameOfAge),
    },
    {
      offeredBy: accountId,
      answererId: proof === null ? other.accountId : null,
      provenBy: proof?.provenBy ?? null,
      name: familyName,
    },
  );
}

/** A child whose parent the papers name has nothing to answer by; without them there is nobody, in the same words. */
const offerForDependant = async (
  work: MandateWork,
  parent: KnownPerson,
  given: FamilyOffer,
  { items, expiresAt }: ReturnType<typeof readTerms>,
): Promise<{ mandateId: string }> => {
  const number = parseCitizenNumber(given.number, work.clock);
  const name = parsePersonName(given.name);
  const cameOfAge = cameOfAgeOf(number);
  if (cameOfAge === null || !isProvable(given, cameOfAge, work.clock.now()))
    throw new AppError('mandate-person-missing');
  const proof = await work.evidence.findParentage({ parent, child: { accountId: null, number } });
  if (proof === null || proof.childName !== name) throw new AppError('mandate-person-missing');
  await checkNotBarred(work, { number }, parent.accountId);

  const actor = parent.accountId;
  const principalId = await keepDependant(work, { number, name, actor });
  return offer(
    work,
    {
      kind: 'family',
      principalId,
      agentId: actor,
      role: 'parent',
      items,
      expiresAt: earlierOf(expiresAt, cameOfAge),
    },
    { offeredBy: actor, answererId: null, provenBy: proof.provenBy, name: familyName },
  );
};

/** Certificates prove no more what was ended for a reason of law; that is for officers to look into. Throws mandate-barred. */
const checkNotBarred = async (
  work: MandateWork,
  child: { accountId?: string; number: string },
  agentId: string,
): Promise<void> => {
  const ids = await principalIdsOf(work, child);
  const former = await Promise.all(ids.map((id) => work.store.mandatesBetween(id, agentId)));
  if (former.flat().some(({ endedFor }) => endedFor)) throw new AppError('mandate-barred');
};

type Parts = Pick<MandateRecord, 'kind' | 'principalId' | 'agentId' | 'role' | 'items' | 'expiresAt'>;
type Giving = Pick<MandateRecord, 'offeredBy' | 'answererId' | 'provenBy'> & { name: string };

/** Refuses a second mandate between two. Throws mandate-exists. */
export async function checkNoneBetween(
  { store, clock }: MandateWork,
  principalId: string,
  agentId: string,
): Promise<void> {
  const others = await store.mandatesBetween(principalId, agentId);
  if (others.some((one) => ['drafted', 'offered', 'active'].includes(stateOf(one, clock.now()))))
    throw new AppError('mandate-exists');
}

const offer = async (
  work: MandateWork,
  parts: Parts,
  { name, ...giving }: Giving,
): Promise<{ mandateId: string }> => {
  const { store, clock, tellPerson } = work;
  const now = clock.now();
  const { principalId, agentId, role } = parts;
  await checkNoneBetween(work, principalId, agentId);
  const isProved = giving.answererId === null;
  const mandateId = newId();
  await store.insertMandate({
    _id: mandateId,
    ...parts,
    ...giving,
    status: isProved ? 'active' : 'offered',
    answerBy: isProved ? null : daysAfter(now, answerDays),
    offeredAt: now,
    version: 1,
    outbox: [newEvent(clock, isProved ? 'mandate.proved' : 'mandate.offered', giving.offeredBy, { role })],
  });
  const told = giving.answererId ?? principalId;
  if (!isDependantId(told)) await tellPerson({ accountId: told, kind: 'mandate-given', values: { name } });
  return { mandateId };
};
