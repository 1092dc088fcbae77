import { AppError } from '../../base/error.ts';
import { maskName, maskNumber } from '../../base/mask.ts';
import type { OwnMandate } from './answer-mandate.ts';
import { type MandateState, stateOf } from './lifecycle.ts';
import type { MandateRecord, MandateRole, OrganisationRole } from './mandate.ts';
import type { MandateWork } from './ports.ts';
import { mayRevoke, rolesGivenBy } from './rules.ts';
import { findOwnRole, openCreditCode } from './standing.ts';

/** A mandate as one of its sides sees it. People are named masked. */
export interface MandateView {
  mandateId: string;
  kind: MandateRecord['kind'];
  role: MandateRole;
  state: MandateState;
  /** Whether the person is the agent, or the one acted for. */
  isAgent: boolean;
  /** Whom the agent acts for, and who that is. */
  principalName: string;
  agentName: string;
  items: readonly string[];
  expiresAt: Date | null;
  answerBy: Date | null;
  isProved: boolean;
  awaitsAnswer: boolean;
  mayRevoke: boolean;
}

/** An organisation as those see it who manage it. */
export interface OrganisationView {
  organisationId: string;
  name: string;
  maskedCreditCode: string;
  /** The roles this person may give. */
  gives: readonly OrganisationRole[];
  members: readonly MandateView[];
}

/** An organisation that a person manages, in a list. */
export type ManagedOrganisation = Pick<OrganisationView, 'organisationId' | 'name'>;

/** Lists the mandates a person has, and those within the family that the person gave. */
export async function listMandates(
  work: MandateWork,
  accountId: string,
): Promise<{ mandates: MandateView[]; organisations: ManagedOrganisation[] }> {
  const [held, given] = await Promise.all([
    work.store.mandatesOfAgent(accountId),
    work.store.mandatesOfPrincipal(accountId),
  ]);
  const mandates = await Promise.all([...held, ...given].map((mandate) => viewOf(work, mandate, accountId)));
  const ids = [
    ...new Set(held.flatMap(({ kind, principalId }) => (kind === 'organisation' ? [principalId] : []))),
  ];
  const managed = await Promise.all(
    ids.map((organisationId) => findManaged(work, organisationId, accountId)),
  );
  return { mandates, organisations: managed.flatMap((one) => one ?? []) };
}

/** Finds one mandate for who has a part in it. Throws mandate-missing. */
export async function findMandate(
  work: MandateWork,
  { accountId, mandateId }: OwnMandate,
): Promise<MandateView> {
  const mandate = await work.store.mandateById(mandateId);
  if (mandate === null) throw new AppError('mandate-missing');
  const view = await viewOf(work, mandate, accountId);
  const isOwn = [mandate.agentId, mandate.principalId, mandate.answererId].includes(accountId);
  if (!isOwn && !view.mayRevoke) throw new AppError('mandate-missing');
  return view;
}

/** Opens an organisation to who manages it. Throws mandate-missing. */
export async function readOrganisation(
  work: MandateWork,
  { accountId, organisationId }: { accountId: string; organisationId: string },
): Promise<OrganisationView> {
  const [organisation, role, members] = await Promise.all([
    work.store.organisationById(organisationId),
    findOwnRole(work, organisationId, accountId),
    work.store.mandatesOfPrincipal(organisationId),
  ]);
  const gives = rolesGivenBy(role);
  if (organisation === null || gives.length === 0) throw new AppError('mandate-missing');
  return {
    organisationId,
    name: organisation.name,
    maskedCreditCode: maskNumber(openCreditCode(work, organisation)),
    gives,
    members: await Promise.all(members.map((member) => viewOf(work, member, accountId, role))),
  };
}

const findManaged = async (
  work: MandateWork,
  organisationId: string,
  accountId: string,
): Promise<ManagedOrganisation | null> => {
  if (rolesGivenBy(await findOwnRole(work, organisationId, accountId)).length === 0) return null;
  const organisation = await work.store.organisationById(organisationId);
  return organisation && { organisationId, name: organisation.name };
};

const viewOf = async (
  work: MandateWork,
  mandate: MandateRecord,
  accountId: string,
  known?: MandateRole | null,
): Promise<MandateView> => {
  const {
    _id: mandateId,
    kind,
    principalId,
    agentId,
    role,
    items,
    expiresAt,
    answerBy,
    answererId,
  } = mandate;
  const state = stateOf(mandate, work.clock.now());
  const isOpen = state === 'offered' || state === 'active';
  const isOrganisation = kind === 'organisation';
  const findRole = async () => (isOrganisation ? findOwnRole(work, principalId, accountId) : null);
  const ownRole = known === undefined ? await findRole() : known;
  const organisation = isOrganisation ? await work.store.organisationById(principalId) : null;
  return {
    mandateId,
    kind,
    role,
    state,
    isAgent: agentId === accountId,
    principalName: organisation?.name ?? (await maskedNameOf(work, principalId)),
    agentName: await maskedNameOf(work, agentId),
    items,
    expiresAt,
    answerBy,
    isProved: mandate.provenBy !== null,
    awaitsAnswer: state === 'offered' && answererId === accountId,
    mayRevoke: isOpen && mayRevoke(mandate, accountId, ownRole),
  };
};

const maskedNameOf = async ({ people }: MandateWork, accountId: string): Promise<string> =>
  maskName((await people.findAccount(accountId))?.name ?? '');
