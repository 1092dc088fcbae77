import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { findServiceItem } from '../items/find-service-item.ts';
import { actorOf } from '../person.ts';
import type { Work } from '../ports.ts';
import { type Authorisation, type AuthorisationRecord, viewAuthorisation } from './authorisation.ts';
import { type AuthorisationRequest, readRequest, recordOf, wish } from './request-authorisation.ts';
import { type CoverDraft, checkAssurance, checkNarrowing, readCovers } from './rules.ts';

/** A request that its person answers where it is asked, signed in: nothing waits between the two. */
export interface AuthorisationGrant
  extends Omit<AuthorisationRequest, 'requestedBy' | 'ttlSeconds' | 'matchCode'> {
  requestKey: string;
  /** What the person allows of it. */
  allowed: readonly CoverDraft[];
  /** How surely the person was known when signing in. */
  assurance: AssuranceLevel;
}

/**
 * Keeps what a person allows on the page that asks, in one write. The same answer again is the first one. Throws as
 * requestAuthorisation does, and authorisation-assurance-low {level}, -widened and -empty.
 */
export async function grantAuthorisation(work: Work, grant: AuthorisationGrant): Promise<Authorisation> {
  const item = await findServiceItem(work, grant.itemCode);
  if (item === null) throw new AppError('service-item-missing');

  checkAssurance(item, grant.assurance);
  const asked = readRequest({ ...grant, requestedBy: 'authorize', ttlSeconds: 1 }, item);
  const allowed = readCovers(grant.allowed);
  checkNarrowing(allowed, asked.asked);
  const request = recordOf(work, asked, item);
  const { requestedAt, useSeconds, requester } = request;
  const approved = newEvent(work.clock, 'authorisation.approved', actorOf(asked.person), {
    requesterKind: requester.kind,
  });
  const record: AuthorisationRecord = {
    ...request,
    allowed,
    state: 'approved',
    answeredAt: requestedAt,
    usableUntil: new Date(requestedAt.getTime() + useSeconds * 1000),
    outbox: [...request.outbox, approved],
  };

  const isWritten = await work.authorisations.insert(record);
  const kept = isWritten ? record : await sameAnswer(work, record);
  return viewAuthorisation(kept, work.clock.now());
}

/** Finds the answer that was there before, if it is the same. Throws authorisation-key-reused. */
async function sameAnswer(work: Work, record: AuthorisationRecord): Promise<AuthorisationRecord> {
  const first = await work.authorisations.byKey(record.requester.id, record.requestKey ?? '');
  const isSame =
    first !== null &&
    isDeepStrictEqual(wish(first), wish(record)) &&
    isDeepStrictEqual(first.allowed, record.allowed);
  if (!isSame) throw new AppError('authorisation-key-reused');
  return first;
}
