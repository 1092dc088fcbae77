import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';
import type { AgreementPlace } from './append.ts';
import { type AgreementEvent, readEvent } from './event.ts';
import { judged } from './judge.ts';
import { type Agreement, type AgreementState, mayAct, stateOf } from './lifecycle.ts';
import type { AgreementRecord } from './record.ts';

/** One step of one party, as people read the history of an agreement. */
export interface AgreementStep {
  party: string;
  act: AgreementEvent['act'];
  at: Date;
  reason: string | null;
}

/** One version with what only this side knows of it. */
export interface AgreementFile {
  agreement: Agreement;
  /** The officer here who drafted it; null when it came from outside. */
  draftedBy: string | null;
  /** The officer here who suspended it alone. */
  suspendedBy: string | null;
  /** Whether the peer has said that it holds all that was written here. */
  isDelivered: boolean;
  /** Both chains, in the order of their times. */
  steps: AgreementStep[];
}

/** Reads one version as officers look at it. Throws agreement-missing. */
export async function readAgreement(
  work: Work,
  { agreementId, agreementVersion }: AgreementPlace,
): Promise<AgreementFile> {
  const records = await work.agreements.versionsOf(agreementId);
  const i = records.findIndex((record) => record.agreementVersion === agreementVersion);
  const [record, agreement] = [records[i], (await judged(work, records))[i]];
  if (record === undefined || agreement === undefined) throw new AppError('agreement-missing');
  return fileOf(record, agreement);
}

/** What to list: of which region, in which state, after which agreement. */
export interface AgreementQuery {
  regionCode?: string;
  state?: AgreementState;
  after?: string;
}

/** Some agreements, each by its newest version; `next` is where the list goes on, null at its end. */
export interface AgreementPage {
  agreements: Agreement[];
  /** The identifiers of those of which the peer has not said that it holds all. */
  undelivered: string[];
  next: string | null;
}

const onPage = 20;
/** The most records that one page looks through: a state is worked out and has no index. */
const mostRead = 1000;
const atOnce = 50;

/** Lists agreements by identifier, each by its newest version. A page may be short where few are in the state asked for. */
export async function pageAgreements(
  work: Work,
  { regionCode, state, after = '' }: AgreementQuery,
): Promise<AgreementPage> {
  const found: Agreement[] = [];
  const undelivered = new Set<string>();
  const pageOf = (agreements: Agreement[], next: string | null): AgreementPage => ({
    agreements,
    undelivered: agreements.map(({ document }) => document.id).filter((id) => undelivered.has(id)),
    next,
  });
  let place = after;
  for (let read = 0; read < mostRead; read += atOnce) {
    const records = await work.agreements.following(place, regionCode ?? null, atOnce);
    const isLast = records.length < atOnce;
    for (const record of records) if (record.undelivered) undelivered.add(record.agreementId);
    for (const agreement of newestOf(await judged(work, isLast ? records : whole(records)))) {
      place = agreement.document.id;
      if (state !== undefined && stateOf(agreement, work.clock.now()) !== state) continue;
      found.push(agreement);
      if (found.length > onPage)
        return pageOf(found.slice(0, onPage), found[onPage - 1]?.document.id ?? null);
    }
    if (isLast) return pageOf(found, null);
  }
  return pageOf(found, place);
}

/** Leaves out the last agreement of what was read up to a limit, as not all its versions may have come. */
const whole = (records: AgreementRecord[]): AgreementRecord[] => {
  const last = records.at(-1)?.agreementId;
  return records.filter(({ agreementId }) => agreementId !== last);
};

const newestOf = (agreements: Agreement[]): Agreement[] =>
  agreements.filter(({ document }, i) => document.id !== agreements[i - 1]?.document.id);

/** An emergency suspension by one officer here, and when a second one has to have confirmed it. */
export interface Unconfirmed {
  agreement: Agreement;
  suspendedBy: string | null;
  confirmBy: Date;
}

/** Lists what one officer here suspended alone and no second has confirmed yet. */
export async function listUnconfirmed(work: Work): Promise<Unconfirmed[]> {
  const records = await work.agreements.suspendedByOne(100);
  const agreements = await Promise.all(records.map(async (record) => (await judged(work, [record]))[0]));
  return records.flatMap((record, i) => {
    const agreement = agreements[i];
    const own = agreement?.progress.find(({ party }) => party === work.self.entityId);
    const confirmBy = own?.suspension?.confirmBy ?? null;
    if (agreement === undefined || confirmBy === null) return [];
    // One that has ended needs no confirmation any more.
    const isAwaited = mayAct(agreement, work.self.entityId, 'confirmSuspension', work.clock.now());
    return isAwaited ? [{ agreement, suspendedBy: record.suspendedBy, confirmBy }] : [];
  });
}

const fileOf = (record: AgreementRecord, agreement: Agreement): AgreementFile => ({
  agreement,
  draftedBy: record.draftedBy,
  suspendedBy: record.suspendedBy,
  isDelivered: !record.undelivered,
  steps: record.chains
    .flatMap(({ events }) => events.map(readEvent))
    .sort((a, b) => a.at - b.at)
    .map((event) => ({
      party: event.party,
      act: event.act,
      at: new Date(event.at * 1000),
      reason: 'reason' in event ? event.reason : null,
    })),
});
