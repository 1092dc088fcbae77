import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import { changeOfficer } from './change-officer.ts';
import type { Invitation, OfficerRecord } from './officer.ts';
import type { Work } from './ports.ts';
import { checkAct, checkFresh } from './rules.ts';

/** A link's secret part, shown once; the record keeps a digest only. */
export interface InvitationLink {
  /** `officerId.secret`: what stands at the end of the address. */
  token: string;
  expiresAt: Date;
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Makes a link and what the record keeps of it. */
export function newInvitation(
  { clock }: Pick<Work, 'clock'>,
  officerId: string,
  ttlSeconds: number,
): { link: InvitationLink; invitation: Invitation } {
  const secret = newId(32);
  const expiresAt = new Date(clock.now().getTime() + ttlSeconds * 1000);
  return {
    link: { token: `${officerId}.${secret}`, expiresAt },
    invitation: { digest: digestOf(secret), expiresAt },
  };
}

/** Tells whether a link may be made for a record: for who joins, and for a further passkey that two agreed on. */
const isAwaited = ({ state, awaitsPasskey = false }: OfficerRecord): boolean =>
  state === 'invited' || (state === 'active' && awaitsPasskey);

/** Tells whether a secret opens a record's invitation now. */
const opens = (record: OfficerRecord, secret: string, now: Date): boolean =>
  isAwaited(record) &&
  record.invitation !== null &&
  record.invitation.expiresAt > now &&
  timingSafeEqual(Buffer.from(record.invitation.digest), Buffer.from(digestOf(secret)));

/** Refuses a record that a token does not open. Throws officer-invitation-invalid. */
export function checkInvitation(work: Work, record: OfficerRecord | null, token: string): OfficerRecord {
  const secret = token.slice(token.indexOf('.') + 1);
  if (record === null || !opens(record, secret, work.clock.now()))
    throw new AppError('officer-invitation-invalid');
  return record;
}

/** Finds whom a token invites. Throws officer-invitation-invalid. */
export async function invited(work: Work, token: string): Promise<OfficerRecord> {
  const [, officerId] = /^([\w-]{22})\.[\w-]{43}$/.exec(token) ?? [];
  const record = officerId === undefined ? null : await work.store.byId(officerId);
  return checkInvitation(work, record, token);
}

const invitationTtlSeconds = 86_400;

/**
 * Makes the link by which an officer whom two agreed on joins, or adds a passkey; the one before it is void. Throws
 * officer-proof-stale, officer-not-allowed, officer-missing, officer-state {state}.
 */
export async function makeInvitation(
  work: Work,
  { officerId, subject, provenAt }: { officerId: string; subject: string; provenAt: Date },
): Promise<InvitationLink> {
  checkFresh(work.clock, provenAt);
  const actor = await work.store.byId(officerId);
  const { link, invitation } = newInvitation(work, subject, invitationTtlSeconds);
  await changeOfficer(work, subject, (read) => {
    if (actor === null) throw new AppError('officer-not-allowed');
    checkAct(actor, 'officers.propose', read.regionCode);
    if (!isAwaited(read)) throw new AppError('officer-state', { state: read.state });
    return { changes: { invitation }, event: newEvent(work.clock, 'officer.link-made', officerId) };
  });
  return link;
}
