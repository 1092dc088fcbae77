import type { ErrorEntry } from './entry.ts';

/** Refusals to who registers by telephone, or raises how surely they are known. */
export const registrationErrors = {
  'way-not-offered': {
    status: 404,
    zh: '本地没有开通这种方式，您没有做错什么。请改用其他方式，或携带身份证到服务窗口办理。',
    en: 'This way is not offered here; you did nothing wrong. Use another way, or go to a service counter with your ID card.',
  },
  'sms-unavailable': {
    status: 503,
    zh: '短信系统没有应答，验证码没有发出，您填的内容没有丢失。请稍后再试一次，或改用其他方式登录。',
    en: 'The message system does not answer, so no code was sent; nothing is lost. Try again later, or sign in another way.',
  },
  'sms-too-soon': {
    status: 429,
    zh: '验证码刚刚发出。请等 {waitSeconds} 秒，没有收到再重新获取。',
    en: 'A code was sent just now. Wait {waitSeconds} seconds, and ask for another if none has come.',
  },
  'sms-limit-reached': {
    status: 429,
    zh: '获取验证码的次数已到上限。请在 {waitMinutes} 分钟后再试，或改用其他方式登录。',
    en: 'The limit of codes is reached. Try again in {waitMinutes} minutes, or sign in another way.',
  },
  'sms-budget-spent': {
    status: 503,
    zh: '今天能发的验证码已经发完。请改用其他方式登录，或明天再试。',
    en: 'All the codes of today are sent. Sign in another way, or try again tomorrow.',
  },
  'sms-code-wrong': {
    status: 400,
    zh: '验证码不对，还可以再试 {triesLeft} 次。请核对短信中的 6 位数字。',
    en: 'The code is not right; you have {triesLeft} more tries. Check the 6 digits in the message.',
  },
  'sms-code-expired': {
    status: 410,
    zh: '这个验证码已失效（超过 5 分钟、已用过或试错太多）。请重新获取。',
    en: 'This code is no longer valid: it is over 5 minutes old, was used, or was mistyped too often. Ask for a new one.',
  },
  'phone-number-wanted': {
    status: 401,
    zh: '验证码正确。这个手机号码登记在核对过身份的账号上：请再填写那个账号的证件号码。那个账号不是您的，或要另外注册，请选“不用证件号码，继续”。',
    en: 'The code is right. This phone stands in an account whose identity is confirmed: enter its ID number too. If it is not yours, or to register anew, choose “Go on without an ID number”.',
  },
  'phone-sign-in-refused': {
    status: 401,
    zh: '用这个手机号码和证件号码不能登录。请核对两个号码，或改用密码登录；换过手机号码的，请到服务窗口更新。',
    en: 'This phone number and ID number do not sign in together. Check both, or use your password; if your phone number changed, have it updated at a service counter.',
  },
  'person-not-matched': {
    status: 422,
    zh: '没能用这个姓名和号码完成核对。请对照证件检查；如果您以前注册过，请退出后用原来的账号登录。仍不行，请携带身份证到服务窗口办理。',
    en: 'This name and number could not be confirmed. Check them against your card; if you registered before, sign out and use that account. If it still fails, go to a service counter with your ID card.',
  },
  'match-limit-reached': {
    status: 429,
    zh: '今天核对的次数已到上限。请在 {waitMinutes} 分钟后再试，或携带身份证到服务窗口办理。',
    en: 'The limit of checks is reached. Try again in {waitMinutes} minutes, or go to a service counter with your ID card.',
  },
  'population-unavailable': {
    status: 503,
    zh: '人口信息系统没有应答，还没有核对，您填的内容没有丢失。请稍后再试一次。',
    en: 'The population register does not answer, so nothing was checked and nothing is lost. Try again later.',
  },
  'person-not-known': {
    status: 403,
    zh: '这件事要先核对您的姓名和证件号码。请到“我的一号”的“实名等级”办理。',
    en: 'This needs your name and ID number to be confirmed first. Do so under “Level” in My Yihao.',
  },
  'face-unavailable': {
    status: 503,
    zh: '人脸核验系统没有应答，您的信息没有丢失。请稍后再试一次，或携带身份证到服务窗口办理。',
    en: 'The face check does not answer; nothing is lost. Try again later, or go to a service counter with your ID card.',
  },
  'face-not-passed': {
    status: 422,
    zh: '人脸核验没有通过。请在光线充足处再试一次，或携带身份证到服务窗口办理。',
    en: 'The face check was not passed. Try again in good light, or go to a service counter with your ID card.',
  },
  'face-session-expired': {
    status: 410,
    zh: '这次人脸核验已过期或没有做完。请重新开始。',
    en: 'This face check has expired or was not finished. Start again.',
  },
} as const satisfies Record<string, ErrorEntry>;
