import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { thumbprintOf } from '../../crypto/index.ts';
import type { Work } from '../ports.ts';
import { follow, type Progress } from './chain.ts';
import type { AgreementDocument } from './document.ts';
import {
  type AgreementEvent,
  type EventContent,
  eventBytes,
  eventInvalid,
  eventSignatureType,
  readEvent,
} from './event.ts';
import { type AgreementRecord, documentOf, progressOf } from './record.ts';
import type { AgreementChanges } from './store.ts';

/** One version of one agreement. */
export interface AgreementPlace {
  agreementId: string;
  agreementVersion: number;
}

/** Where this region's chain stands, beside the text it is about. */
export function ownProgress(work: Pick<Work, 'self'>, record: AgreementRecord): Progress {
  const progress = progressOf(record, documentOf(record));
  const own = progress.find(({ party }) => party === work.self.entityId);
  if (own === undefined) throw new AppError('agreement-missing');
  return own;
}

/** Signs the next event of this region's chain; the record with it is returned and nothing is written. */
export async function append(
  work: Pick<Work, 'clock' | 'self' | 'keys'>,
  record: AgreementRecord,
  content: EventContent,
): Promise<AgreementRecord> {
  const document = documentOf(record);
  const own = ownProgress(work, record);
  const event = eventAfter(work, record, own, content);
  const fault = follow(own, event, { document, digest: record.digest });
  if (typeof fault === 'string') throw eventInvalid(fault);
  const bytes = eventBytes(event);
  const header = { typ: eventSignatureType, iss: work.self.entityId };
  const signed = await work.keys.sign(thumbprintOf(own.key), bytes, header);
  const text = `${signed.protected}.${bytes.toString('base64url')}.${signed.signature}`;
  // What cannot be read again would break the chain for good, so it is refused before it is kept.
  readEvent(text);
  return withEvents(record, work.self.entityId, [text]);
}

/** Adds events to the chain of a party. */
export const withEvents = (record: AgreementRecord, party: string, events: string[]): AgreementRecord => ({
  ...record,
  chains: record.chains.map((chain) =>
    chain.party === party ? { party, events: [...chain.events, ...events] } : chain,
  ),
});

/** The event that follows; its time never goes back, even where the clock does. */
const eventAfter = (
  { clock, self }: Pick<Work, 'clock' | 'self'>,
  record: AgreementRecord,
  own: Progress,
  content: EventContent,
): AgreementEvent => ({
  type: 'yihao-agreement-event/1',
  agreementId: record.agreementId,
  agreementVersion: record.agreementVersion,
  digest: record.digest,
  party: self.entityId,
  sequence: own.sequence + 1,
  previous: own.head,
  at: Math.max(own.lastAt, epochSeconds(clock)),
  ...content,
});

/** Tells what a region code's own side of a document is; null when this region is no party of it. */
export const ownPartyOf = ({ self }: Pick<Work, 'self'>, { parties }: AgreementDocument) =>
  parties.find(({ entityId, regionCode }) => entityId === self.entityId && regionCode === self.regionCode) ??
  null;

/** What changed in a record, with the name of what happened to it; null when nothing did. */
export interface Change {
  record: AgreementRecord;
  type: string;
  detail?: Record<string, string | number | boolean>;
}

const mostAttempts = 5;

/**
 * Does an act on one version: reads, decides, writes once; one that was overtaken reads again and is judged anew. Throws
 * agreement-missing, agreement-changed, and what `decide` throws.
 */
export async function change(
  work: Work,
  place: AgreementPlace,
  { actor, decide }: { actor: string; decide(record: AgreementRecord): Promise<Change | null> },
): Promise<AgreementRecord> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await work.agreements.byId(`${place.agreementId}:${place.agreementVersion}`);
    if (read === null) throw new AppError('agreement-missing');
    const decided = await decide(read);
    if (decided === null) return read;
    const { record, type, detail = {} } = decided;
    const event = newEvent(work.clock, `agreement.${type}`, actor, {
      agreementId: read.agreementId,
      agreementVersion: read.agreementVersion,
      digest: record.digest,
      ...detail,
    });
    if (await work.agreements.swap(read, changesOf(record), [event]))
      return { ...record, version: read.version + 1 };
  }
  throw new AppError('agreement-changed');
}

/** Whatever changed may be what the peer lacked, so it is sent without delay; a text of one party has no peer. */
const changesOf = ({ _id, version, outbox, ...changes }: AgreementRecord): AgreementChanges => ({
  ...changes,
  undelivered: changes.undelivered && changes.chains.length > 1,
  delay: null,
});
