import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { PhoneNumber } from '../../terms/phone-number.ts';
import { checkCode, useCode } from '../phone/code.ts';
import { codeBinding } from './begin.ts';
import type { PhoneChangeVisit, PhoneChangeWork } from './ports.ts';
import { changeAccount, checkChangeable, withPhone } from './rules.ts';
import { tellChanged } from './tell.ts';

/**
 * Changes the telephone at once, by the codes of both. Throws phone-change-old-code-wrong, sms-code-wrong,
 * sms-code-expired, account-not-active, person-not-known, phone-change-open.
 */
export async function finishPhoneChange(
  work: PhoneChangeWork,
  input: PhoneChangeVisit & { oldCode: string; newCode: string },
): Promise<void> {
  const [ofOld, ofNew] = [codeBinding('old', input), codeBinding('new', input)];
  const old = await checkOldCode(work, ofOld, input.oldCode);
  const phone = await checkCode(work, { binding: ofNew, code: input.newCode });
  await useCode(work, ofOld);
  await useCode(work, ofNew);

  const oldIndex = work.blindIndex.of('phone', old);
  const before = await changeAccount(work, input.accountId, (account) => {
    checkChangeable(account);
    // It changed since the code was sent: what was proven is the old telephone no more.
    if (account.phoneIndex !== oldIndex) throw new AppError('sms-code-expired');
    return {
      changes: withPhone(work, account, { phone, provenAt: work.clock.now() }),
      event: newEvent(work.clock, 'account.phone-changed', account._id, { way: 'old-phone' }),
    };
  });
  if (before !== null) await tellChanged(work, before, phone);
}

const checkOldCode = async (work: PhoneChangeWork, binding: string, code: string): Promise<PhoneNumber> => {
  try {
    return await checkCode(work, { binding, code });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'sms-code-wrong') throw error;
    throw new AppError('phone-change-old-code-wrong', error.values);
  }
};
