import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { parseCertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { isReadable, signInMinute } from './message.ts';
import {
  type CaseAbout,
  type CaseGround,
  type CaseRecord,
  type CaseSubject,
  caseGrounds,
  standingOf,
  textContext,
} from './objection.ts';
import type { CaseWork } from './ports.ts';

/** A case to be opened. */
export interface NewCase {
  agreementId: string;
  /** The reference is a receipt's identifier here, a certificate's identifier, or `YYYY-MM-DD HH:MM` in Beijing. */
  about: { kind: CaseSubject; reference: string };
  ground: CaseGround;
  text: string;
  citizenObjectionId?: string | null;
  actor: string;
}

/**
 * Opens a case at the other side of an agreement; it is sent by itself. Throws agreement-missing,
 * region-objection-field-invalid {field}, and region-objection-passed-on for a citizen's objection that was.
 */
export async function openCase(work: CaseWork, given: NewCase): Promise<{ objectionId: string }> {
  const { agreementId, ground, actor, citizenObjectionId = null } = given;
  const peer = await otherPartyOf(work, agreementId);
  const about = await readAbout(work, agreementId, given.about);
  const text = readText(given.text);
  if (!caseGrounds.includes(ground)) throw invalid('ground');
  await checkPassedOnce(work, citizenObjectionId);
  const objectionId = newId();
  // Whole seconds: the other side works the last day out of the same instant.
  const openedAt = new Date(epochSeconds(work.clock) * 1000);
  const event = newEvent(work.clock, 'region-objection.opened', actor, { agreementId, peer, ground });
  await work.cases.insert({
    ...newCase({ _id: objectionId, agreementId, peer, about, ground, openedAt }),
    side: 'opener',
    text: work.cipher.seal(text, textContext(objectionId)),
    citizenObjectionId,
    undelivered: true,
    outbox: [event],
  });
  return { objectionId };
}

/** Makes what every new case has. */
export const newCase = (
  given: Pick<CaseRecord, '_id' | 'agreementId' | 'peer' | 'about' | 'ground' | 'openedAt'>,
): Omit<CaseRecord, 'side' | 'text' | 'outbox'> => ({
  ...given,
  ...standingOf(given, []),
  moves: [],
  overdueAt: null,
  citizenObjectionId: null,
  undelivered: false,
  delay: null,
  version: 1,
});

/**
 * Finds the other party of an agreement that both have signed, or the other member of what both joined, whatever became of
 * it. Throws agreement-missing.
 */
export async function otherPartyOf({ recognition, self }: CaseWork, agreementId: string): Promise<string> {
  const pair = (await recognition.listPairs()).find((one) => one.agreementId === agreementId);
  if (pair !== undefined) return pair.member.entityId;
  const versions = await recognition.findVersions(agreementId);
  const signed = versions.find(
    ({ signedDigest, document }) => signedDigest !== null && document.kind === 'bilateral',
  );
  const other = signed?.document.parties.find(({ entityId }) => entityId !== self);
  if (other === undefined) throw new AppError('agreement-missing');
  return other.entityId;
}

/** Reads what an officer wrote. Throws region-objection-field-invalid {field: text}. */
export function readText(given: string): string {
  const text = given.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (!isReadable(text)) throw invalid('text');
  return text;
}

const readAbout = async (
  work: CaseWork,
  agreementId: string,
  { kind, reference: given }: NewCase['about'],
): Promise<CaseAbout> => {
  const reference = given.trim();
  if (kind === 'receipt') {
    const receipt = await work.findReceipt(reference);
    // The other side knows the question by its hash; its receipt has another identifier.
    if (receipt?.agreementId !== agreementId || receipt.requestHash === null) throw invalid('reference');
    return { kind, reference: receipt.requestHash };
  }
  if (kind === 'certificate') return { kind, reference: readIdentifier(reference) };
  if (kind === 'sign-in') return { kind, reference: readMinute(work, reference) };
  throw invalid('kind');
};

const readIdentifier = (text: string): string => {
  try {
    return parseCertificateIdentifier(text);
  } catch {
    throw invalid('reference');
  }
};

const readMinute = ({ clock }: CaseWork, text: string): string => {
  const minute = `${text.replace(' ', 'T')}+08:00`;
  const at = new Date(minute);
  const isMinute = signInMinute.test(minute) && !Number.isNaN(at.getTime());
  // The engine takes 30 February for 1 March; only a real day comes back as it went in.
  if (!isMinute || at > clock.now() || shanghaiDateOf(at) !== text.slice(0, 10)) throw invalid('reference');
  return minute;
};

const checkPassedOnce = async (work: CaseWork, citizenObjectionId: string | null): Promise<void> => {
  if (citizenObjectionId === null) return;
  const known = await work.cases.page({ citizenObjectionIds: [citizenObjectionId] }, '', 1);
  if (known.length > 0) throw new AppError('region-objection-passed-on');
};

const invalid = (field: string): AppError => new AppError('region-objection-field-invalid', { field });
