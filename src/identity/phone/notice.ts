import { newId } from '../../base/id.ts';
import type { PhoneNumber } from '../../terms/phone-number.ts';
import type { Work } from '../ports.ts';
import { countNotice } from './limits.ts';

/**
 * Sends a telephone a message that nobody asked for; nothing where there is no gateway. Throws sms-limit-reached,
 * sms-budget-spent, sms-unavailable.
 */
export async function sendNotice(work: Work, phone: PhoneNumber, text: string): Promise<void> {
  const gateway = work.authorities.smsGateway;
  if (gateway === null) return;
  await countNotice(work, work.blindIndex.of('phone', phone));
  await gateway.send({ id: newId(), phone, text });
}
