import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { findServiceItem } from '../items/find-service-item.ts';
import type { ServiceItem } from '../items/service-item.ts';
import { longestPurpose } from '../ledger/read-access.ts';
import { type Person, readPerson } from '../person.ts';
import type { Work } from '../ports.ts';
import { fieldInvalid, readIdentifier, readName, readText } from '../text.ts';
import type { AuthorisationRecord, Requester } from './authorisation.ts';
import { type CoverDraft, checkAgainstItem, readCovers, readUseSeconds } from './rules.ts';

/** A request to use certificates. */
export interface AuthorisationRequest {
  person: Person;
  itemCode: string;
  requester: Requester;
  /** What it wants: types, or single certificates, and of each the fields by name. */
  covers: readonly CoverDraft[];
  purpose: string;
  requestedBy: 'authorize' | 'counter';
  /** How long the person has to answer. */
  ttlSeconds: number;
  /** How long it would be used for; the item's longest when left out. */
  useSeconds?: number;
  /** What the counter shows on its screen for the person to type: 2 to 8 digits or capitals. */
  matchCode?: string;
  /** The requester's own key of this request: asked again with it, the first request answers. */
  requestKey?: string;
}

/** A request that stands. */
export interface RequestedAuthorisation {
  authorisationId: string;
  answerBy: Date;
}

const longestAnswerSeconds = 7 * 86_400;

/**
 * Asks a person to let certificates be used. Throws service-item-missing, -disabled, authorisation-not-needed,
 * -beyond-item, -too-long, -key-reused, consent-field-invalid, and what the terms throw for codes.
 */
export async function requestAuthorisation(
  work: Work,
  request: AuthorisationRequest,
): Promise<RequestedAuthorisation> {
  const item = await findServiceItem(work, request.itemCode);
  if (item === null) throw new AppError('service-item-missing');

  const asked = readRequest(request, item);
  const record = recordOf(work, asked, item);
  if (await work.authorisations.insert(record))
    return { authorisationId: record._id, answerBy: record.answerBy };

  return await repeated(work, record);
}

/** A request as it was read. */
export type Asked = Pick<
  AuthorisationRecord,
  'asked' | 'requester' | 'purpose' | 'useSeconds' | 'requestedBy' | 'matchCode' | 'requestKey'
> & { person: Person; ttlSeconds: number };

/** Reads a request against its item. Throws as requestAuthorisation does. */
export function readRequest(request: AuthorisationRequest, item: ServiceItem): Asked {
  const { ttlSeconds, requester, matchCode, requestKey } = request;
  const covers = readCovers(request.covers);
  checkAgainstItem(covers, item);
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > longestAnswerSeconds)
    throw fieldInvalid('ttlSeconds', `1-${longestAnswerSeconds}`);
  if (matchCode !== undefined && !/^[0-9A-Z]{2,8}$/.test(matchCode))
    throw fieldInvalid('matchCode', '2-8 of 0-9 A-Z');
  if (request.requestedBy !== 'authorize' && request.requestedBy !== 'counter')
    throw fieldInvalid('requestedBy', 'authorize | counter');
  const requesterId = readIdentifier(requester.id, 'requester.id');
  return {
    person: readPerson(request.person),
    asked: covers,
    requester: {
      kind: requester.kind === 'department' ? 'department' : 'site',
      id: requesterId,
      name: readName(requester.name, 'requester.name'),
    },
    purpose: readText(request.purpose, 'purpose', longestPurpose),
    requestedBy: request.requestedBy,
    useSeconds: readUseSeconds(request.useSeconds ?? item.longestUseSeconds, item.longestUseSeconds),
    ttlSeconds,
    ...(matchCode === undefined ? {} : { matchCode }),
    ...(requestKey === undefined ? {} : { requestKey: readIdentifier(requestKey, 'requestKey') }),
  };
}

/** Makes the record of a request that waits for its answer. */
export function recordOf(
  work: Work,
  { person, ttlSeconds, ...asked }: Asked,
  item: ServiceItem,
): AuthorisationRecord {
  const now = work.clock.now();
  const { code, name, version, department, longestUseSeconds, minimumAssurance } = item;
  const { requester, requestedBy } = asked;
  return {
    _id: newId(),
    ...person,
    ...asked,
    item: {
      code,
      name,
      version,
      department,
      longestUseSeconds,
      needs: item.needs.map(({ typeCode, minimumTrust }) => ({ typeCode, minimumTrust })),
      ...(minimumAssurance === undefined ? {} : { minimumAssurance }),
    },
    allowed: [],
    wrongCodes: 0,
    state: 'pending',
    requestedAt: now,
    answerBy: new Date(now.getTime() + ttlSeconds * 1000),
    version: 1,
    outbox: [
      newEvent(work.clock, 'authorisation.requested', requester.id, {
        requesterKind: requester.kind,
        requestedBy,
      }),
    ],
  };
}

/** Answers a repeat by the first request, if it is one. Throws authorisation-key-reused. */
async function repeated(work: Work, record: AuthorisationRecord): Promise<RequestedAuthorisation> {
  const first = await work.authorisations.byKey(record.requester.id, record.requestKey ?? '');
  if (first === null || !isDeepStrictEqual(wish(first), wish(record)))
    throw new AppError('authorisation-key-reused');
  return { authorisationId: first._id, answerBy: first.answerBy };
}

/** What makes two requests the same one. */
export const wish = (record: AuthorisationRecord): unknown => {
  const { accountId, holderIndex, item, asked, purpose, useSeconds, matchCode } = record;
  return { accountId, holderIndex, code: item.code, asked, purpose, useSeconds, matchCode };
};
