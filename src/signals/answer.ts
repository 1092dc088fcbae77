/** What came back of a call: an answer, or why there was none. */
export type Reply =
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'failed'; reason: 'timeout' | 'unreachable' | 'address-refused' };

/** What an answer means, and the few words that are kept of it. */
export interface Answer {
  outcome: 'delivered' | 'refused' | 'failed';
  /** `202`, `400 invalid_key`, `503`, `timeout` …: never the receiver's own words, which could hold anything. */
  words: string;
}

/** The codes of a refusal: RFC 8935 section 2.4, read in the IANA registry of them. */
export const errorCodes = [
  'invalid_request',
  'invalid_key',
  'invalid_issuer',
  'invalid_audience',
  'authentication_failed',
  'access_denied',
];

/**
 * Reads an answer. 202 alone is a receipt: a log-in page answers 200 to anything. A token that cannot be parsed as one
 * would be refused for ever; the other refusals are about keys and settings, which the receiver can put right, and so
 * are tried again like a failure. The text of RFC 8935 was not read beyond its introduction; this is its rule from
 * memory, and the distinction between refusals is our design.
 */
export function readAnswer(reply: Reply): Answer {
  if (reply.kind === 'failed') return { outcome: 'failed', words: reply.reason };
  const { status, body } = reply;
  if (status === 202) return { outcome: 'delivered', words: '202' };
  const code = status === 400 ? errorCodeOf(body) : null;
  const words = code === null ? String(status) : `${status} ${code}`;
  return { outcome: code === 'invalid_request' ? 'refused' : 'failed', words };
}

const errorCodeOf = (body: string): string | null => {
  try {
    const { err } = JSON.parse(body) as { err?: unknown };
    return errorCodes.find((code) => code === err) ?? null;
  } catch {
    return null;
  }
};

const firstWaitSeconds = 5;
const longestWaitSeconds = 4 * 3600;

/** Returns how long to wait after so many tries: 5 s, 15 s, 45 s … to four hours. */
export const waitSecondsAfter = (tries: number): number =>
  Math.min(firstWaitSeconds * 3 ** (tries - 1), longestWaitSeconds);

/** How long a receiver may fail before it is given up. */
export const longestFailingSeconds = 72 * 3600;

/** What follows from an answer, for the signal and for its subscription. */
export type Step =
  | { kind: 'delivered' }
  | { kind: 'parked' }
  | { kind: 'again'; nextTryAt: Date; failingSince: Date }
  | { kind: 'disable' };

/**
 * Decides what follows. Signals go out in their order, so one that fails holds back those after it. When it has done so
 * for 72 hours it is parked and the next one tried; should that fail too it is the receiver and not the signal, and the
 * subscription is disabled with all that waits.
 */
export function stepAfter(
  answer: Answer,
  { tries, failingSince, now }: { tries: number; failingSince: Date | null; now: Date },
): Step {
  if (answer.outcome === 'delivered') return { kind: 'delivered' };
  if (answer.outcome === 'refused') return { kind: 'parked' };
  const since = failingSince ?? now;
  const hasFailedLong = now.getTime() - since.getTime() >= longestFailingSeconds * 1000;
  if (hasFailedLong) return { kind: tries > 1 ? 'parked' : 'disable' };
  const nextTryAt = new Date(now.getTime() + waitSecondsAfter(tries) * 1000);
  return { kind: 'again', nextTryAt, failingSince: since };
}
