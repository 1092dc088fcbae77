import type { ErrorEntry } from './entry.ts';

/** Refusals to who changes the telephone of their account. */
export const phoneChangeErrors = {
  'phone-change-same': {
    status: 409,
    zh: '填写的就是账号现在的手机号码，不用更换。要换成另一个号码的，请重新填写。',
    en: 'This is the telephone your account has already. Nothing needs to change; to change it, enter another number.',
  },
  'phone-change-open': {
    status: 409,
    zh: '已有一个更换手机号码的申请正在等待生效。要换成另一个号码的，请先停止它，再重新申请。',
    en: 'A change of telephone is waiting already. To change to another number, stop that one first and ask again.',
  },
  'phone-change-limit': {
    status: 429,
    zh: '更换手机号码的次数太多。请在 {waitMinutes} 分钟后再试，或携带身份证到服务窗口办理。',
    en: 'The telephone was changed, or tried to be, too often. Try again in {waitMinutes} minutes, or go to a service counter with your ID card.',
  },
  'phone-change-old-code-wrong': {
    status: 401,
    zh: '原手机收到的验证码不对，还可以再试 {triesLeft} 次。请核对原手机上最新的一条短信。',
    en: 'The code from the old telephone is wrong; {triesLeft} tries are left. Check the latest message on the old telephone.',
  },
} as const satisfies Record<string, ErrorEntry>;
