import type { ErrorEntry } from './entry.ts';

/** Refusals about who a person is and how they sign in. */
export const identityErrors = {
  'citizen-number-length': {
    status: 400,
    zh: '证件号码应为 18 位。请对照证件核对位数后重新输入。',
    en: 'An ID number has 18 characters. Count them on your card and enter it again.',
  },
  'citizen-number-characters': {
    status: 400,
    zh: '证件号码只能有数字，最后一位可以是 X。请核对后重新输入。',
    en: 'An ID number has digits only; the last one may be X. Check it and enter it again.',
  },
  'citizen-number-region': {
    status: 400,
    zh: '证件号码的前两位不对。请对照证件核对后重新输入。',
    en: 'The first two digits of the ID number are not right. Check them against your card and enter it again.',
  },
  'citizen-number-date': {
    status: 400,
    zh: '证件号码第 7 至 14 位不是真实的出生日期。请核对后重新输入。',
    en: 'Digits 7 to 14 of the ID number are not a real birth date. Check them and enter it again.',
  },
  'citizen-number-future': {
    status: 400,
    zh: '证件号码中的出生日期还没有到。请核对第 7 至 14 位后重新输入。',
    en: 'The birth date in the ID number is in the future. Check digits 7 to 14 and enter it again.',
  },
  'citizen-number-check': {
    status: 400,
    zh: '证件号码有一位输错了。请对照证件逐位核对后重新输入。',
    en: 'One character of the ID number is wrong. Compare it with your card and enter it again.',
  },
  'region-code-invalid': {
    status: 400,
    zh: '行政区划代码应为 6 位数字。请核对后重新输入。',
    en: 'A region code has six digits. Check it and enter it again.',
  },
  'name-invalid': {
    status: 400,
    zh: '姓名应为 1 至 50 个字，不含数字和符号。请对照证件重新输入。',
    en: 'A name has 1 to 50 characters and no digits or symbols. Enter it as it stands on your card.',
  },
  'phone-invalid': {
    status: 400,
    zh: '手机号码应为 11 位数字、以 1 开头。请核对后重新输入。',
    en: 'A mobile number has 11 digits and starts with 1. Check it and enter it again.',
  },
  'sign-in-refused': {
    status: 401,
    zh: '证件号码或密码不正确。请核对后重试，或改用其他方式登录。',
    en: 'The ID number or password is not right. Check both and try again, or sign in another way.',
  },
  'sign-in-locked': {
    status: 429,
    zh: '连续输错次数过多。为保护您的账号，这种登录方式暂停。请在 {waitMinutes} 分钟后重试，或使用人脸、指纹登录。',
    en: 'There were too many wrong tries. To protect the account, this way to sign in is paused. Try again in {waitMinutes} minutes, or use your passkey.',
  },
  'passkey-refused': {
    status: 401,
    zh: '没有识别到可用的登录凭据。请重试，或改用密码登录。',
    en: 'The passkey was not accepted. Try again, or sign in with your password.',
  },
  'passkey-challenge-expired': {
    status: 410,
    zh: '验证超时。请再试一次。',
    en: 'The check timed out. Try once more.',
  },
  'passkey-duplicate': {
    status: 409,
    zh: '这台设备已经添加过，无需重复添加。',
    en: 'This device is already added.',
  },
  'passkey-missing': {
    status: 404,
    zh: '没有找到这个登录凭据，可能已经移除。请回到列表查看。',
    en: 'There is no such passkey; it may be removed already. Go back to the list.',
  },
  'passkey-last': {
    status: 409,
    zh: '这是您唯一的登录方式，移除后将无法登录。请先添加另一台设备，再移除它。',
    en: 'This is your only way to sign in. Add another device first, then remove this one.',
  },
  'account-not-active': {
    status: 403,
    zh: '该账号目前不能登录。请携带身份证到服务窗口办理。',
    en: 'This account cannot sign in at present. Go to a service counter with your ID card.',
  },
  'account-exists': {
    status: 409,
    zh: '该证件号码已有账号。请直接登录。',
    en: 'There is already an account for this ID number. Sign in instead.',
  },
  'password-weak': {
    status: 400,
    zh: '密码至少 10 个字符，最多 128 个字符。请换一个更长的密码。',
    en: 'A password has 10 to 128 characters. Choose a longer one.',
  },
} as const satisfies Record<string, ErrorEntry>;
