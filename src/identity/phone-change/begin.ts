import { AppError } from '../../base/error.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../terms/phone-number.ts';
import type { AccountRecord } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { awaitedPhone, sendCode } from '../phone/code.ts';
import type { PhoneChangeVisit, PhoneChangeWork } from './ports.ts';
import { countChange, readChangeable } from './rules.ts';

/** What a person begins with; `way`: what is shown beside the new telephone's code. */
export interface PhoneChangeBeginning extends PhoneChangeVisit {
  phone: string;
  way: 'old-phone' | 'passkey';
  address: string;
}

/** Names what waits for the code of the new telephone, or of the old one. */
export const codeBinding = (which: 'new' | 'old', { accountId, binding }: PhoneChangeVisit): string =>
  `phone-change:${which}:${accountId}:${binding}`;

const purposes = {
  new: ['设为账号的手机号码', 'set your telephone'],
  old: ['更换手机号码', 'change your telephone'],
};

const textFor =
  (which: 'new' | 'old') =>
  (code: string): string => {
    const [zh, en] = purposes[which];
    return `【一号】验证码 ${code}，用于${zh}，5 分钟内有效。不是您本人操作？请勿告诉任何人。 Code ${code} to ${en}; tell it to nobody.`;
  };

/**
 * Begins a change: sends a code to the new telephone, and one to the old where that is the way. Whether the new one stands
 * in another account is neither asked nor told. Throws phone-invalid, phone-change-same, phone-change-open,
 * phone-change-limit, person-not-known, account-not-active, way-not-offered, and what sendCode throws.
 */
export async function beginPhoneChange(work: PhoneChangeWork, input: PhoneChangeBeginning): Promise<void> {
  const { accountId, way, address } = input;
  const phone = parsePhoneNumber(input.phone);
  const account = await readChangeable(work, accountId);
  if (work.blindIndex.of('phone', phone) === account.phoneIndex) throw new AppError('phone-change-same');
  const old = way === 'old-phone' ? presentPhone(work, account) : null;
  await countChange(work, accountId);

  // The old one first: it is the one that may have had a message in this minute.
  for (const [which, to] of [['old', old] as const, ['new', phone] as const])
    if (to !== null)
      await sendCode(work, {
        binding: codeBinding(which, input),
        phone: to,
        address,
        textOf: textFor(which),
      });
}

/** Finds the telephone that waits for its code; null when none does. */
export const awaitedNewPhone = (
  work: PhoneChangeWork,
  visit: PhoneChangeVisit,
): Promise<PhoneNumber | null> => awaitedPhone(work, codeBinding('new', visit));

const presentPhone = (work: PhoneChangeWork, account: AccountRecord): PhoneNumber => {
  const { phone } = openProfile(work, account);
  if (phone === undefined) throw new AppError('way-not-offered');
  return parsePhoneNumber(phone);
};
