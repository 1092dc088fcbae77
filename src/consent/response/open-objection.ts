import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { ownAccess } from '../ledger/list-accesses.ts';
import { limitOf, mapPage, mergePage, type Page, type PageRequest, positionOf } from '../page.ts';
import { actorOf, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { fieldInvalid, readSealedText } from '../text.ts';
import {
  type Objection,
  type ObjectionReason,
  type ObjectionRecord,
  objectionReasons,
  textContext,
  viewObjection,
} from './objection.ts';

/** What a citizen objects to, and why. */
export interface NewObjection {
  person: Person;
  accessId: string;
  reason: ObjectionReason;
  text: string;
}

const longestText = 1000;

/**
 * Opens a case on a row of the person. Throws access-missing (also when the row is another's), objection-open when
 * one is open already, consent-field-invalid.
 */
export async function openObjection(work: Work, input: NewObjection): Promise<{ objectionId: string }> {
  const row = await ownAccess(work, input.person, input.accessId);

  const reason = objectionReasons.find((known) => known === input.reason);
  if (reason === undefined) throw fieldInvalid('reason', objectionReasons.join(' | '));
  const text = readSealedText(input.text, 'text', longestText);
  const objectionId = newId();
  const now = work.clock.now();
  const actor = actorOf(input.person);
  const record: ObjectionRecord = {
    _id: objectionId,
    ...personOf(row),
    accessId: row._id,
    openSlot: row._id,
    reason,
    text: work.cipher.seal(text, textContext(objectionId)),
    state: 'opened',
    history: [{ state: 'opened', at: now, actor }],
    openedAt: now,
    version: 1,
    outbox: [newEvent(work.clock, 'objection.opened', actor, { accessId: row._id, reason })],
  };
  if (!(await work.responses.insertObjection(record))) throw new AppError('objection-open');

  return { objectionId };
}

/** Takes over both names of a person that a row knows, so that the case is found by either as the row is. */
export const personOf = ({ accountId, holderIndex }: Person): Person => ({
  ...(accountId === undefined ? {} : { accountId }),
  ...(holderIndex === undefined ? {} : { holderIndex }),
});

/** Lists the cases of a person, newest first. Throws consent-page-invalid, consent-field-invalid. */
export async function listObjections(
  work: Work,
  person: Person,
  request: PageRequest = {},
): Promise<Page<Objection>> {
  const limit = limitOf(request);
  const lists = await work.responses.objectionsOf(person, positionOf(request), limit + 1);
  const page = mergePage(lists, ({ openedAt }) => openedAt, limit);
  return mapPage(page, (record) => viewObjection(work.cipher, record));
}
