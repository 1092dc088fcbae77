import { randomInt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { PhoneNumber } from '../../terms/phone-number.ts';
import type { TryOrigin } from '../abuse/origin.ts';
import type { Work } from '../ports.ts';
import { countMessage, forgetPause } from './limits.ts';

const codeTtlSeconds = 300;
const mostTries = 5;
const digits = 6;

/** What waits for its code. Sealed: it says who is about to sign in. */
interface Pending {
  phone: PhoneNumber;
  codeDigest: string;
}

const codeKey = (binding: string): string => `sms:code:${binding}`;
const triesKey = (binding: string): string => `sms:tries:${binding}`;
const context = (binding: string): string => `sms.code:${binding}`;

const usualText = (code: string): string =>
  `【一号】验证码 ${code}，5 分钟内有效。请勿告诉任何人，工作人员也不会索要。 Your code is ${code}; tell it to nobody.`;

const digestOf = (work: Work, binding: string, code: string): string =>
  work.blindIndex.of('sms-code', `${binding}:${code}`);

/**
 * Sends a code to a telephone and keeps its digest under the binding; the one before it is void. Throws
 * way-not-offered, sms-too-soon, sms-limit-reached, sms-budget-spent, sms-unavailable.
 */
export async function sendCode(
  work: Work,
  input: TryOrigin & { binding: string; phone: PhoneNumber; textOf?: (code: string) => string },
): Promise<void> {
  const { binding, phone, textOf = usualText } = input;
  const gateway = work.authorities.smsGateway;
  if (gateway === null) throw new AppError('way-not-offered');
  const phoneIndex = work.blindIndex.of('phone', phone);
  await countMessage(work, phoneIndex, input);

  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  const pending: Pending = { phone, codeDigest: digestOf(work, binding, code) };
  const sealed = work.cipher.seal(JSON.stringify(pending), context(binding)).toString('base64url');
  await work.ephemeral.delete(triesKey(binding));
  await work.ephemeral.put(codeKey(binding), sealed, { ttlSeconds: codeTtlSeconds });

  try {
    await gateway.send({ id: newId(), phone, text: textOf(code) });
  } catch (error) {
    // Nobody has to wait for a message that was not sent.
    await Promise.all([work.ephemeral.delete(codeKey(binding)), forgetPause(work, phoneIndex)]);
    throw error;
  }
}

/** Finds the telephone a code was sent to under a binding; null when none is waited for. */
export async function awaitedPhone(work: Work, binding: string): Promise<PhoneNumber | null> {
  const entry = await work.ephemeral.get(codeKey(binding));
  return entry === null ? null : openPending(work, binding, entry.value).phone;
}

/**
 * Judges the code that was sent under a binding and tells whose telephone it is. A try counts before it is judged, so that
 * parallel guesses cannot outrun the count. Throws sms-code-wrong {triesLeft} and sms-code-expired.
 */
export async function checkCode(
  work: Work,
  { binding, code }: { binding: string; code: string },
): Promise<PhoneNumber> {
  const [{ count }, entry] = await Promise.all([
    work.ephemeral.count(triesKey(binding), codeTtlSeconds),
    work.ephemeral.get(codeKey(binding)),
  ]);
  if (entry === null) throw new AppError('sms-code-expired');
  if (count > mostTries) {
    await work.ephemeral.delete(codeKey(binding));
    throw new AppError('sms-code-expired');
  }
  const { phone, codeDigest } = openPending(work, binding, entry.value);
  const given = digestOf(work, binding, code.normalize('NFKC').replace(/\s/g, ''));
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(codeDigest)))
    throw new AppError('sms-code-wrong', { triesLeft: mostTries - count });
  return phone;
}

/** Uses up a code that was right; of any number who do it at once one does. Throws sms-code-expired. */
export async function useCode({ ephemeral }: Work, binding: string): Promise<void> {
  if ((await ephemeral.take(codeKey(binding))) === null) throw new AppError('sms-code-expired');
}

const openPending = ({ cipher }: Work, binding: string, sealed: string): Pending =>
  JSON.parse(cipher.open(Buffer.from(sealed, 'base64url'), context(binding))) as Pending;
