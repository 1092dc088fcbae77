import { epochSeconds } from '../base/clock.ts';
import { newId } from '../base/id.ts';
import type { JsonObject } from '../crypto/index.ts';
import { uriOf, verificationUri } from './news.ts';
import type { Work } from './ports.ts';
import type { SignalRecord } from './signal.ts';

const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/**
 * Makes the token of a signal: the same claims at every try, signed anew, so that a key that was rotated meanwhile does
 * no harm. Null when its account has no name at this client any more. The claims are those of RFC 8417, from memory;
 * `sub_id` has the forms `opaque` and `iss_sub` of RFC 9493, of which the introduction and the names were read.
 */
export async function tokenOf(work: Work, signal: SignalRecord): Promise<string | null> {
  const subject = await subjectOf(work, signal);
  if (subject === null) return null;
  return await work.sign({
    iss: work.issuer,
    iat: secondsOf(signal.madeAt),
    jti: signal._id,
    aud: signal.clientId,
    toe: secondsOf(signal.happenedAt),
    sub_id: subject,
    events: { [uriOf(signal.eventType)]: signal.payload },
  });
}

const subjectOf = async (work: Work, { about, clientId }: SignalRecord): Promise<JsonObject | null> => {
  if (about.kind === 'certificate') return { format: 'opaque', id: about.identifier };
  if (about.kind === 'agreement') return { format: 'opaque', id: about.agreementId };
  const sub = await work.subjectOf(clientId, about.accountId);
  return sub === null ? null : { format: 'iss_sub', iss: work.issuer, sub };
};

/** Makes the token that only shows whether a receiver hears. */
export const verificationToken = (work: Work, clientId: string): Promise<string> =>
  work.sign({
    iss: work.issuer,
    iat: epochSeconds(work.clock),
    jti: newId(),
    aud: clientId,
    sub_id: { format: 'opaque', id: clientId },
    events: { [verificationUri]: {} },
  });
