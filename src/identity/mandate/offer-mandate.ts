import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { describeCitizenNumber, parseCitizenNumber } from '../../terms/citizen-number.ts';
import type { KnownPerson } from '../account.ts';
import { stateOf } from './lifecycle.ts';
import type { FamilyRole, MandateRecord, OrganisationRole } from './mandate.ts';
import { countAttempt, findKnown, findOther } from './people.ts';
import type { MandateWork } from './ports.ts';
import {
  answerDays,
  daysAfter,
  fullAgeOf,
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
 * birth of a child under age needs no answer, and the mandate ends as the child comes of age. Throws person-not-known,
 * mandate-terms-invalid, mandate-exists, too-many-requests and what findOther throws.
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
  const other = await findOther(work, accountId, given);
  const [agent, principal] = isAgent ? [own, other] : [other, own];
  const cameOfAge = cameOfAgeOf(work, principal);
  const proof = isProvable(given, cameOfAge, now)
    ? await work.evidence.findParentage({ parent: agent, child: principal })
    : null;

  const ends = proof === null || cameOfAge === null ? [terms.expiresAt] : [terms.expiresAt, cameOfAge];
  return offer(
    work,
    {
      kind: 'family',
      principalId: principal.accountId,
      agentId: agent.accountId,
      role,
      items: terms.items,
      expiresAt: new Date(Math.min(...ends.map(Number))),
    },
    {
      offeredBy: accountId,
      answererId: proof === null ? other.accountId : null,
      provenBy: proof?.provenBy ?? null,
      name: familyName,
    },
  );
}

const cameOfAgeOf = ({ clock }: MandateWork, { number }: KnownPerson): Date | null => {
  const { birthDate } = describeCitizenNumber(parseCitizenNumber(number, clock));
  return birthDate === undefined ? null : fullAgeOf(birthDate);
};

type Parts = Pick<MandateRecord, 'kind' | 'principalId' | 'agentId' | 'role' | 'items' | 'expiresAt'>;
type Giving = Pick<MandateRecord, 'offeredBy' | 'answererId' | 'provenBy'> & { name: string };

const offer = async (
  { store, clock, tellPerson }: MandateWork,
  parts: Parts,
  { name, ...giving }: Giving,
): Promise<{ mandateId: string }> => {
  const now = clock.now();
  const { principalId, agentId, role } = parts;
  const others = await store.mandatesBetween(principalId, agentId);
  if (others.some((one) => ['offered', 'active'].includes(stateOf(one, now))))
    throw new AppError('mandate-exists');
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
  await tellPerson({ accountId: told, kind: 'mandate-given', values: { name } });
  return { mandateId };
};
