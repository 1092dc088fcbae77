import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { parsePersonName } from '../terms/person-name.ts';
import { changeOfficer } from './change-officer.ts';
import { checkInvitation, invited } from './invitation.ts';
import { nameContext, type Officer, type OfficerRecord, viewOfficer } from './officer.ts';
import type { Work } from './ports.ts';

/** What an invited person is shown before joining. */
export interface Joining {
  officer: Officer;
  /** WebAuthn creation options for the browser. */
  options: object;
}

const challengeName = (officerId: string): string => `staff-join:${officerId}`;

/** Begins to join by an invitation. Throws officer-invitation-invalid, officer-bootstrap-closed. */
export async function beginJoin(work: Work, { token }: { token: string }): Promise<Joining> {
  const record = await invited(work, token);
  await checkStillFounding(work, record);
  const options = await work.ceremonies.beginRegistration({
    challengeName: challengeName(record._id),
    // The device keeps this for anyone who holds it: no name, but enough to tell it from a citizen's own passkey.
    owner: { id: record._id, name: `管理台 ${record._id.slice(0, 6)}`, displayName: '一号管理台' },
    present: record.passkeys.map(({ credentialId, transports }) => ({ credentialId, transports })),
  });
  return { officer: viewOfficer(work.cipher, record), options };
}

/**
 * Joins: the officer's first passkey makes the account active, and the invitation void; a further one stands beside those
 * there are. A founder gives a name. Throws officer-invitation-invalid, officer-bootstrap-closed, name-invalid,
 * passkey-challenge-expired, -refused, -duplicate.
 */
export async function finishJoin(
  work: Work,
  { token, response, name }: { token: string; response: unknown; name: string },
): Promise<Officer> {
  const record = await invited(work, token);
  await checkStillFounding(work, record);
  const given = record.name === undefined ? parsePersonName(name) : null;
  const made = await work.ceremonies.finishRegistration({
    challengeName: challengeName(record._id),
    response,
  });
  const { deviceType } = made;

  const joined = await changeOfficer(work, record._id, (read) => {
    checkInvitation(work, read, token);
    const type = read.state === 'active' ? 'officer.passkey-added' : 'officer.joined';
    const event = newEvent(work.clock, type, read._id, { deviceType });
    return {
      changes: {
        state: 'active',
        invitation: null,
        awaitsPasskey: false,
        passkeys: [...read.passkeys, { ...made, createdAt: event.at, lastUsedAt: null }],
        ...(given === null ? {} : { name: work.cipher.seal(given, nameContext(read._id)) }),
      },
      event,
    };
  });
  return viewOfficer(work.cipher, joined);
}

/** A founder's link is worth nothing once somebody has the role. */
const checkStillFounding = async (work: Work, { invitedBy, state, roles }: OfficerRecord): Promise<void> => {
  if (invitedBy !== 'bootstrap' || state === 'active') return;
  for (const role of roles)
    if ((await work.store.activeWith(role)) !== null) throw new AppError('officer-bootstrap-closed');
};
