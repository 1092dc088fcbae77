import type { ErrorEntry } from './entry.ts';

/** Refusals about passwords one chooses, codes of an app, and recovery codes. */
export const authenticatorErrors = {
  'second-factor-needed': {
    status: 401,
    zh: '密码或验证码正确。请再输入验证器应用中的 6 位动态码，或一个恢复码。',
    en: 'That was right. Now enter the 6-digit code of your authenticator app, or a recovery code.',
  },
  'second-factor-refused': {
    status: 401,
    zh: '动态码或恢复码不正确，或已经用过。请等应用换出新的动态码后再试。',
    en: 'The code is not right, or was used before. Wait for the app to show a new one and try again.',
  },
  'second-factor-expired': {
    status: 410,
    zh: '等待超过 5 分钟，请重新登录。',
    en: 'More than 5 minutes have passed. Sign in again.',
  },
  'totp-set-up-expired': {
    status: 410,
    zh: '这次设置已过期，没有改动。请重新开始。',
    en: 'This set-up has expired and nothing was changed. Start again.',
  },
  'totp-code-wrong': {
    status: 400,
    zh: '动态码不对。请核对手机时间是否准确，等应用换出新的动态码后再试。',
    en: 'The code is not right. Check that the clock of your phone is right, wait for a new code and try again.',
  },
  'passkey-model-refused': {
    status: 403,
    zh: '本地区不接受这种型号的密钥或设备，例如它已发现安全缺陷。请换另一台设备或另一把密钥，或用其他方式登录。',
    en: 'This region does not take this model of key or device, for instance because a flaw is known. Use another device or key, or sign in another way.',
  },
  'password-wrong': {
    status: 401,
    zh: '现在的密码不正确。请核对后重新输入。',
    en: 'The present password is not right. Check it and enter it again.',
  },
  'password-common': {
    status: 400,
    zh: '这个密码太容易被猜到（常见、有规律，或含有您的证件号码、手机号码）。请换一个，例如几个不相干的词连在一起。',
    en: 'This password is easy to guess: it is common, follows a pattern, or holds your ID or phone number. Choose another, such as a few unrelated words in a row.',
  },
} as const satisfies Record<string, ErrorEntry>;
