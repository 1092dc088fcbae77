import { AppError } from '../../base/error.ts';
import { maskName, maskNumber } from '../../base/mask.ts';
import { type OwnMandate, ownIdsOf, partIn } from './answer-mandate.ts';
import { findDependant } from './dependant.ts';
import { type MandateState, stateOf } from './lifecycle.ts';
import type { MandateRecord, MandateRole, OrganisationRole } from './mandate.ts';
import type { MandateWork } from './ports.ts';
import { rolesGivenBy } from './rules.ts';
import { findOwnRole, listStanding, openCreditCode } from './standing.ts';

/** A mandate as one of its sides sees it. People are named masked. */
export interface MandateView {
  mandateId: string;
  kind: MandateRecord['kind'];
  role: MandateRole;
  state: MandateState;
  isAgent: boolean;
  /** Whether the person is the one acted for. */
  isPrincipal: boolean;
  /** Whom the agent acts for, and who that is. */
  principalName: string;
  agentName: string;
  items: readonly string[];
  expiresAt: Date | null;
  answerBy: Date | null;
  isProved: boolean;
  awaitsAnswer: boolean;
  mayRevoke: boolean;
  /** Whether it is the other parent's: it is ended for a reason of law. */
  asksReason: boolean;
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

/** Lists the mandates a person has, those by which others act for the person, and the other parent's of a child. */
export async function listMandates(
  work: MandateWork,
  accountId: string,
): Promise<{ mandates: MandateView[]; organisations: ManagedOrganisation[] }> {
  const [held, standing, ownIds] = await Promise.all([
    work.store.mandatesOfAgent(accountId),
    listStanding(work, accountId),
    ownIdsOf(work, accountId),
  ]);
  const children = standing.flatMap(({ role, principal }) => (role === 'parent' ? [principal.id] : []));
  const ofPrincipals = await Promise.all(
    [...new Set([...ownIds, ...children])].map((id) => work.store.mandatesOfPrincipal(id)),
  );
  const beside = ofPrincipals
    .flat()
    .filter(
      ({ agentId, principalId, role }) =>
        agentId !== accountId && (ownIds.includes(principalId) || role === 'parent'),
    );
  const mandates = await Promise.all([...held, ...beside].map((one) => viewOf(work, one, accountId)));
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
  const isOwn = view.isAgent || view.isPrincipal || mandate.answererId === accountId;
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
    members: await Promise.all(members.map((member) => viewOf(work, member, accountId))),
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

const viewOf = async (work: MandateWork, mandate: MandateRecord, accountId: string): Promise<MandateView> => {
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
  const part = isOpen ? await partIn(work, mandate, accountId) : null;
  const isPrincipal = !isOrganisation && (await ownIdsOf(work, accountId)).includes(principalId);
  const organisation = isOrganisation ? await work.store.organisationById(principalId) : null;
  return {
    mandateId,
    kind,
    role,
    state,
    isAgent: agentId === accountId,
    isPrincipal,
    principalName: organisation?.name ?? (await maskedNameOf(work, principalId)),
    agentName: await maskedNameOf(work, agentId),
    items,
    expiresAt,
    answerBy,
    isProved: mandate.provenBy !== null || Boolean(mandate.attested),
    awaitsAnswer: state === 'offered' && answererId === accountId,
    mayRevoke: part !== null,
    asksReason: part === 'other-parent',
  };
};

const maskedNameOf = async (work: MandateWork, id: string): Promise<string> => {
  const named = (await findDependant(work, id)) ?? (await work.people.findAccount(id));
  return maskName(named?.name ?? '');
};
