import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import { type InvitationLink, newInvitation } from './invitation.ts';
import type { Role } from './permissions.ts';
import type { Work } from './ports.ts';

/** A first officer's link and the role it brings. */
export interface FoundingLink extends InvitationLink {
  role: Role;
}

/** Two, because every further officer takes one who proposes and another who approves. */
export const foundingRoles = ['region-administrator', 'security-administrator'] as const;

const foundingTtlSeconds = 1800;

/**
 * Makes a link for each of the first two administrators who is not at work; links made before are void. Throws
 * officer-bootstrap-closed when both are.
 */
export async function bootstrap(work: Work): Promise<FoundingLink[]> {
  const present = await Promise.all(foundingRoles.map((role) => work.store.activeWith(role)));
  const wanted = foundingRoles.filter((_, i) => present[i] === null);
  if (wanted.length === 0) throw new AppError('officer-bootstrap-closed');

  return Promise.all(wanted.map((role) => found(work, role)));
}

const found = async (work: Work, role: Role): Promise<FoundingLink> => {
  const waiting = await work.store.invitedFounder(role);
  const officerId = waiting?._id ?? newId();
  const { link, invitation } = newInvitation(work, officerId, foundingTtlSeconds);
  const event = newEvent(work.clock, 'officer.link-made', 'bootstrap', { role });
  if (waiting !== null) {
    if (!(await work.store.swap(waiting, { invitation }, event))) throw new AppError('storage-unavailable');
    return { ...link, role };
  }
  await work.store.insert({
    _id: officerId,
    regionCode: work.regionCode,
    roles: [role],
    state: 'invited',
    passkeys: [],
    invitation,
    invitedBy: 'bootstrap',
    version: 1,
    outbox: [event],
    createdAt: event.at,
    updatedAt: event.at,
  });
  return { ...link, role };
};
