import { newId } from '../../base/id.ts';
import { parsePhoneNumber } from '../../terms/phone-number.ts';
import { labelOfPlace, type PlaceName } from '../../terms/place.ts';
import type { AccountRecord } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { countNotice } from '../phone/limits.ts';
import type { Work } from '../ports.ts';
import { type BrowserKind, nameOfKind } from './browser-kind.ts';

/** Says nothing of the person: whoever else sees the telephone's screen learns no name, number or place. */
const messageText =
  '【一号】您的账号刚刚在一台新设备上登录。不是您本人？请登录“我的一号”查看，并更换登录方式。 Your account was signed in on a new device. Not you? See My Yihao.';

/**
 * Tells a person of a sign-in from a browser that was never seen for the account: on their own pages, and by message. The
 * sign-in does not wait for the gateway, and holds whether or not the message can be sent.
 */
export async function tellNewDevice(
  work: Work,
  account: AccountRecord,
  kind: BrowserKind,
  place: PlaceName | null,
): Promise<void> {
  const [accountId, device] = [account._id, nameOfKind(kind)];
  await work.tellPerson?.(
    place === null
      ? { accountId, kind: 'new-device', values: { device } }
      : { accountId, kind: 'new-device-at', values: { device, place: labelOfPlace(place) } },
  );
  sendMessage(work, account).catch(() => undefined);
}

const sendMessage = async (work: Work, account: AccountRecord): Promise<void> => {
  const gateway = work.authorities.smsGateway;
  const { phone } = openProfile(work, account);
  if (gateway === null || phone === undefined || account.phoneIndex === undefined) return;
  await countNotice(work, account.phoneIndex);
  await gateway.send({ id: newId(), phone: parsePhoneNumber(phone), text: messageText });
};
