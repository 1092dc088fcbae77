import { type PhoneNumber, parsePhoneNumber } from '../../terms/phone-number.ts';
import type { AccountRecord } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { sendNotice } from '../phone/notice.ts';
import type { PhoneChangeWork } from './ports.ts';

/** Whoever else sees the telephone's screen learns no name, number or place. */
const texts = {
  asked: (address: string) =>
    `【一号】有人申请更换您账号的手机号码，等待期满后生效。不是您本人？请立即打开 ${address} 登录并停止。 Somebody asked to change your telephone. Not you? Open the link, sign in and stop it.`,
  stopped: '【一号】更换手机号码的申请已停止，号码不变。 The request to change your telephone was stopped.',
  left: '【一号】您账号的手机号码已更换，不再是本号码。不是您本人？请立即拨打服务热线。 Your telephone was changed to another. Not you? Call the help line now.',
  come: '【一号】本号码已设为您账号的手机号码。 This is now the telephone of your account.',
};

/** Tells an owner on their own pages and at the old telephone that a change was asked for. */
export async function tellAsked(work: PhoneChangeWork, account: AccountRecord): Promise<void> {
  await work.tellPerson?.({ accountId: account._id, kind: 'phone-change-asked', values: {} });
  sendToPresent(work, account, texts.asked(work.address));
}

/** Tells an owner that it was stopped. */
export async function tellStopped(work: PhoneChangeWork, account: AccountRecord): Promise<void> {
  await work.tellPerson?.({ accountId: account._id, kind: 'phone-change-stopped', values: {} });
  sendToPresent(work, account, texts.stopped);
}

/** Tells an owner that it was made: on their own pages, at the telephone that was theirs `before`, and at the new one. */
export async function tellChanged(
  work: PhoneChangeWork,
  before: AccountRecord,
  phone: PhoneNumber,
): Promise<void> {
  await work.tellPerson?.({ accountId: before._id, kind: 'phone-changed', values: {} });
  sendToPresent(work, before, texts.left);
  send(work, phone, texts.come);
}

const sendToPresent = (work: PhoneChangeWork, account: AccountRecord, text: string): void => {
  const { phone } = openProfile(work, account);
  if (phone !== undefined) send(work, parsePhoneNumber(phone), text);
};

/** What goes wrong with a message holds nothing up. */
const send = (work: PhoneChangeWork, phone: PhoneNumber, text: string): void => {
  sendNotice(work, phone, text).catch(() => undefined);
};
