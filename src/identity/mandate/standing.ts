import { isCreditCode } from '../../terms/credit-code.ts';
import { findDependant } from './dependant.ts';
import { stateOf } from './lifecycle.ts';
import {
  creditCodeContext,
  type MandateRecord,
  type MandateRole,
  type OrganisationRecord,
} from './mandate.ts';
import type { MandateWork } from './ports.ts';

/** What stands in a notice in the place of a relative's name, which is personal. */
export const familyName = '家庭代办';

/** Whom an agent acts for. Of an organisation this is public; of a person the name is personal data. */
export type Principal =
  | { kind: 'organisation'; id: string; name: string; creditCode: string }
  | { kind: 'person'; id: string; name: string };

/** A mandate by which its agent may act now. */
export interface StandingMandate {
  mandateId: string;
  agentId: string;
  role: MandateRole;
  /** Codes of service items; empty: all. */
  items: readonly string[];
  principal: Principal;
}

/** Finds a mandate if it stands; null when it was ended, has expired, or what it rests on is in force no more. */
export async function findStanding(work: MandateWork, mandateId: string): Promise<StandingMandate | null> {
  const mandate = await work.store.mandateById(mandateId);
  return mandate === null ? null : standingOf(work, mandate);
}

/** Lists the mandates by which a person may act now. */
export async function listStanding(work: MandateWork, agentId: string): Promise<StandingMandate[]> {
  const held = await work.store.mandatesOfAgent(agentId);
  const found = await Promise.all(held.map((mandate) => standingOf(work, mandate)));
  return found.flatMap((one) => one ?? []);
}

/** Finds as what a person stands in an organisation now, the highest; null for who has no part in it. */
export async function findOwnRole(
  work: MandateWork,
  organisationId: string,
  accountId: string,
): Promise<MandateRole | null> {
  const held = await work.store.mandatesBetween(organisationId, accountId);
  const found = await Promise.all(held.map((mandate) => standingOf(work, mandate)));
  const roles = found.flatMap((one) => one?.role ?? []);
  return (
    (['representative', 'administrator', 'operator'] as const).find((role) => roles.includes(role)) ?? null
  );
}

const standingOf = async (work: MandateWork, mandate: MandateRecord): Promise<StandingMandate | null> => {
  const { _id: mandateId, agentId, role, items, provenBy } = mandate;
  if (stateOf(mandate, work.clock.now()) !== 'active') return null;
  if (provenBy !== null && !(await work.evidence.isInForce(provenBy))) return null;
  const principal = await principalOf(work, mandate);
  return principal === null ? null : { mandateId, agentId, role, items, principal };
};

const principalOf = async (
  work: MandateWork,
  { kind, principalId: id }: MandateRecord,
): Promise<Principal | null> => {
  if (kind === 'family') {
    const dependant = await findDependant(work, id);
    if (dependant !== null) return { kind: 'person', id, name: dependant.name };
    const profile = await work.people.findAccount(id);
    return profile?.status === 'active' ? { kind: 'person', id, name: profile.name ?? '' } : null;
  }
  const organisation = await work.store.organisationById(id);
  if (organisation === null) return null;
  const creditCode = openCreditCode(work, organisation);
  const isLicensed = isCreditCode(creditCode) && (await work.evidence.isLicensed(creditCode));
  return isLicensed ? { kind: 'organisation', id, name: organisation.name, creditCode } : null;
};

/** Opens the credit code of an organisation. */
export const openCreditCode = ({ cipher }: MandateWork, { _id, creditCode }: OrganisationRecord): string =>
  cipher.open(creditCode, creditCodeContext(_id));
