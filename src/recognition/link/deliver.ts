import type { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { AgreementPlace, AgreementStatus, Envelope } from '../index.ts';
import { ask } from './ask.ts';
import { messageKinds } from './message.ts';
import type { LinkWork } from './ports.ts';
import { envelopeShape, mostStatuses, statusesShape, statusShape } from './shapes.ts';

/** An envelope of one version, on its way. */
export type Parcel = AgreementPlace & { envelope: Envelope };

/**
 * Sends an envelope and hears the answer; what the peer shows to have beyond it is fetched at once. What the peer refuses
 * is put off and does not stand in the way of others. Throws what `ask` throws of the call itself.
 */
export async function deliver(work: LinkWork, peer: string, parcel: Parcel): Promise<void> {
  const { agreementId, agreementVersion, envelope } = parcel;
  const place = { agreementId, agreementVersion };
  try {
    const { claims, saidAt } = await ask(work, peer, messageKinds.envelope, { envelope });
    const status = read(statusShape, claims['status']);
    const { send } = await heed(work, peer, { status, saidAt });
    // It holds less than it was sent, so sending it again at once would do no more.
    if (send) await work.recognition.putOff(place, 'incomplete');
  } catch (error) {
    const code = agreementFaultOf(error);
    if (code === null) throw error;
    work.log.warn({ peer, ...place, code }, 'a peer and this region see an agreement differently');
    await work.recognition.putOff(place, code);
  }
}

/** Tells the peer how every version between the two is seen here, and hears how it sees them. Throws as `deliver` does. */
export async function beat(work: LinkWork, peer: string): Promise<void> {
  const statuses = await work.recognition.listStatuses(peer);
  for (let from = 0; from === 0 || from < statuses.length; from += mostStatuses) {
    const told = statuses.slice(from, from + mostStatuses);
    const { claims, saidAt } = await ask(work, peer, messageKinds.heartbeat, { statuses: told });
    const { statuses: theirs } = read(statusesShape, claims);
    for (const status of theirs) await heedOne(work, peer, { status, saidAt });
    for (const mine of told.filter((status) => !theirs.some((other) => isSamePlace(status, other)))) {
      const envelope = await work.recognition.envelopeFor(peer, mine);
      if (envelope !== null) await deliver(work, peer, { ...mine, envelope });
    }
  }
}

const heedOne = async (work: LinkWork, peer: string, said: Said): Promise<void> => {
  try {
    await heed(work, peer, said);
  } catch (error) {
    const code = agreementFaultOf(error);
    if (code === null) throw error;
    const { agreementId } = said.status;
    work.log.warn({ peer, agreementId, code }, 'a peer and this region see an agreement differently');
  }
};

interface Said {
  status: AgreementStatus;
  saidAt: Date;
}

const heed = async (work: LinkWork, peer: string, said: Said): Promise<{ send: boolean }> => {
  const { send, fetch } = await work.recognition.hear(peer, said);
  if (fetch) await fetchEnvelope(work, peer, said.status);
  return { send };
};

/** Asks for all that a peer has of a version, and takes it. */
const fetchEnvelope = async (work: LinkWork, peer: string, place: AgreementPlace): Promise<void> => {
  const { agreementId, agreementVersion } = place;
  const { claims } = await ask(work, peer, messageKinds.read, { agreementId, agreementVersion });
  await work.recognition.receive(peer, read(envelopeShape, claims['envelope']));
};

const isSamePlace = (one: AgreementPlace, other: AgreementPlace): boolean =>
  one.agreementId === other.agreementId && one.agreementVersion === other.agreementVersion;

/** What a peer says of a message whose cause may be the one agreement in it. */
const perhapsOfOne = ['invalid_signature', 'invalid_message', 'body_too_large'];

/** The code of a fault that may be about one agreement, and not about the peer or the way to it; null for any other. */
const agreementFaultOf = (error: unknown): string | null => {
  if (!(error instanceof AppError)) return null;
  const code = error.code === 'peer-refused' ? String(error.values['code']) : error.code;
  return code.includes('agreement') || perhapsOfOne.includes(code) ? code : null;
};

const read = <T>(shape: z.ZodType<T>, value: unknown): T => {
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new AppError('peer-answer-invalid', { fault: 'members' });
  return parsed.data;
};
