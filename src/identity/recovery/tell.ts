import { newId } from '../../base/id.ts';
import { parsePhoneNumber } from '../../terms/phone-number.ts';
import { openProfile } from '../find-account.ts';
import { sendNotice } from '../phone/notice.ts';
import type { RecoveryWork } from './ports.ts';
import type { RecoveryRecord } from './recovery.ts';

type Said = 'recovery-asked' | 'recovery-stopped' | 'recovered';

/** Whoever else sees the telephone's screen learns no name, number or place. */
const texts: Record<Said, (address: string) => string> = {
  'recovery-asked': (address) =>
    `【一号】有人申请重设您账号的登录方式。不是您本人？请立即打开 ${address} 停止。 Somebody asked to reset how you sign in. Not you? Open the link to stop it.`,
  'recovery-stopped': () =>
    '【一号】重设登录方式的申请已停止，原来的登录方式不变。 The request to reset how you sign in was stopped.',
  recovered: () =>
    '【一号】您账号的登录方式已重设，其他设备上的登录均已退出，绑定的微信小程序和网号已解除。不是您本人？请立即拨打服务热线。 How you sign in was reset; mini-programs and net-ID were unlinked. Not you? Call the help line now.',
};

/** Tells an owner on their own pages and by message; what went wrong with the message holds nothing up. */
export async function tellOwner(
  work: RecoveryWork,
  accountId: string,
  kind: Said,
  address = '',
): Promise<void> {
  await work.tellPerson?.({ accountId, kind, values: {} });
  sendMessage(work, accountId, texts[kind](address)).catch(() => undefined);
}

const sendMessage = async (work: RecoveryWork, accountId: string, text: string): Promise<void> => {
  const account = await work.store.accountById(accountId);
  const { phone } = account === null ? {} : openProfile(work, account);
  if (phone !== undefined) await sendNotice(work, parsePhoneNumber(phone), text);
};

/**
 * Tells an owner that a recovery was asked for, with a fresh link that stops it, and then writes that it was told: after
 * a crash between they are told twice rather than never.
 */
export async function tellAsked(work: RecoveryWork, { _id }: Pick<RecoveryRecord, '_id'>): Promise<void> {
  const read = await work.recoveries.byId(_id);
  if (read === null || read.told || read.state !== 'waiting') return;
  const token = newId();
  const stopDigest = digestOfStop(work, token);
  if (!(await work.recoveries.swap(read, { stopDigest }, null))) return;
  await tellOwner(work, read.accountId, 'recovery-asked', work.stopAddress(token));
  await work.recoveries.swap({ ...read, version: read.version + 1 }, { told: true }, null);
}

/** Returns what is kept of a link that stops a recovery. */
export const digestOfStop = ({ blindIndex }: RecoveryWork, token: string): string =>
  blindIndex.of('recovery-stop', token);
