import type { ErrorEntry } from './entry.ts';

/** Refusals to who signs in by QR code, or approves it on the phone; and about the devices one has. */
export const qrErrors = {
  'qr-expired': {
    status: 410,
    zh: '这个登录二维码已失效（超过 60 秒、已用过或已作废），没有人用它登录。请在要登录的电脑上换一个二维码，再扫一次。',
    en: 'This sign-in code is no longer valid: it is over 60 seconds old, was used, or was cancelled. Ask for a new code on the computer and scan again.',
  },
  'qr-number-wrong': {
    status: 403,
    zh: '两位数字不对，没有登录。为保护您的账号，这个二维码已作废。如果电脑就在您面前，请换一个二维码，照屏幕上的数字再试；二维码是别人发给您的，请不要再扫。',
    en: 'The two digits are not right, and nobody was signed in. To protect your account this code is void. If the computer is in front of you, ask for a new code there and enter its number; if somebody sent you the code, do not scan it again.',
  },
  'qr-number-needed': {
    status: 400,
    zh: '请输入屏幕上二维码旁边的两位数字，再确认。二维码没有作废。',
    en: 'Enter the two digits that stand beside the code on the screen, then confirm. The code still holds.',
  },
  'qr-passkey-needed': {
    status: 400,
    zh: '没有收到人脸、指纹或锁屏密码的确认，没有登录。请开启浏览器的 JavaScript 后再试，或在电脑上换一种方式登录。',
    en: 'No confirmation by face, fingerprint or screen lock came, and nobody was signed in. Turn JavaScript on in this browser and try again, or sign in another way on the computer.',
  },
  'qr-limit-reached': {
    status: 429,
    zh: '扫码登录的次数已到上限。请在 {waitMinutes} 分钟后再试，或换一种方式登录。',
    en: 'The limit of sign-ins by code is reached. Try again in {waitMinutes} minutes, or sign in another way.',
  },
  'device-missing': {
    status: 404,
    zh: '没有找到这台设备，可能已经移除。请回到设备列表查看。',
    en: 'This device was not found; it may have been removed. See the list of devices.',
  },
} as const satisfies Record<string, ErrorEntry>;
