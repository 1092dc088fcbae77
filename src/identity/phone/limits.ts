import { AppError } from '../../base/error.ts';
import type { TryOrigin } from '../abuse/origin.ts';
import type { SmsLimits, Work } from '../ports.ts';

const hourSeconds = 3600;
const daySeconds = 86_400;

/** How many messages are sent where nothing else is said (our design [D]). */
export const usualSmsLimits: SmsLimits = {
  pauseSeconds: 60,
  perPhonePerHour: 5,
  perAddressPerHour: 60,
  perNetworkPerHour: 600,
  perDay: 100_000,
};

const pauseKey = (phoneIndex: string): string => `sms:pause:${phoneIndex}`;

/**
 * Counts a message before it is sent. The cap of a day counts what would be sent only, so that who is held up by the
 * others does not use it up. Throws sms-too-soon {waitSeconds}, sms-limit-reached {waitMinutes}, sms-budget-spent.
 */
export async function countMessage(
  { ephemeral, smsLimits }: Pick<Work, 'ephemeral' | 'smsLimits'>,
  phoneIndex: string,
  { address, network }: Pick<TryOrigin, 'address' | 'network'>,
): Promise<void> {
  const isSoon = await ephemeral.count(pauseKey(phoneIndex), smsLimits.pauseSeconds);
  if (isSoon.count > 1) throw new AppError('sms-too-soon', { waitSeconds: isSoon.resetSeconds });
  const [byPhone, byAddress, byNetwork] = await Promise.all([
    ephemeral.count(`sms:phone:${phoneIndex}`, hourSeconds),
    ephemeral.count(`sms:address:${address}`, hourSeconds),
    network === undefined ? null : ephemeral.count(`sms:network:${network}`, hourSeconds),
  ]);
  const passed = [
    { ...byPhone, most: smsLimits.perPhonePerHour },
    { ...byAddress, most: smsLimits.perAddressPerHour },
    ...(byNetwork === null ? [] : [{ ...byNetwork, most: smsLimits.perNetworkPerHour }]),
  ].find(({ count, most }) => count > most);
  if (passed) throw new AppError('sms-limit-reached', { waitMinutes: Math.ceil(passed.resetSeconds / 60) });
  const today = await ephemeral.count('sms:day', daySeconds);
  if (today.count > smsLimits.perDay) throw new AppError('sms-budget-spent');
}

/**
 * Counts a notice before it is sent: nobody asked for it, so it may follow a code at once, and has a limit of its own.
 * Throws sms-limit-reached {waitMinutes}, sms-budget-spent.
 */
export async function countNotice({ ephemeral, smsLimits }: Work, phoneIndex: string): Promise<void> {
  const byPhone = await ephemeral.count(`sms:notice:${phoneIndex}`, hourSeconds);
  if (byPhone.count > smsLimits.perPhonePerHour)
    throw new AppError('sms-limit-reached', { waitMinutes: Math.ceil(byPhone.resetSeconds / 60) });
  const today = await ephemeral.count('sms:day', daySeconds);
  if (today.count > smsLimits.perDay) throw new AppError('sms-budget-spent');
}

/** Lets the next message to a telephone go at once. */
export const forgetPause = ({ ephemeral }: Work, phoneIndex: string): Promise<void> =>
  ephemeral.delete(pauseKey(phoneIndex));
