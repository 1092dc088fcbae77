import type { ErrorEntry } from './entry.ts';

/** Refusals to who can sign in no more and asks to set up a new passkey; and to officers who help. */
export const recoveryErrors = {
  'recovery-refused': {
    status: 401,
    zh: '填写的内容对不上，没有通过。请核对证件号码和各个代码后重试，或换一种方式；也可以携带身份证到服务窗口办理。',
    en: 'What you entered does not fit together. Check the ID number and the codes and try again, choose another way, or go to a service counter with your ID card.',
  },
  'recovery-locked': {
    status: 429,
    zh: '尝试的次数太多。请在 {waitMinutes} 分钟后再试，或携带身份证到服务窗口办理。',
    en: 'There were too many tries. Try again in {waitMinutes} minutes, or go to a service counter with your ID card.',
  },
  'recovery-attempt-expired': {
    status: 410,
    zh: '这次找回已超过 30 分钟，或换了浏览器。请重新开始；已经提出申请的，请用继续码或窗口纸条上的代码继续。',
    en: 'This took more than 30 minutes, or the browser is another one. Start again; if you have asked already, go on with your code or the one on the slip from the counter.',
  },
  'recovery-open': {
    status: 409,
    zh: '这个账号已有一个正在等待的申请。是您提出的，请用继续码继续；不是您，请用短信里的链接停止它，或到服务窗口办理。',
    en: 'A request for this account is waiting already. If it is yours, go on with its code; if not, stop it by the link in the message you got, or go to a service counter.',
  },
  'recovery-not-ready': {
    status: 409,
    zh: '还没有到可以继续的时间。等待是为了让本人有时间阻止冒名申请，请在页面所示时间之后再来。',
    en: 'It is too early to go on. The wait gives the owner time to stop a request that is not theirs; come back after the time the page shows.',
  },
  'recovery-over': {
    status: 410,
    zh: '这个申请已经停止、完成或过期，不能再用。仍需找回的，请重新提出申请。',
    en: 'This request was stopped, was completed or has expired. If you still cannot sign in, ask again.',
  },
  'recovery-missing': {
    status: 404,
    zh: '没有找到正在等待的申请。它可能已经停止、完成或过期，不用再做什么。',
    en: 'No request is waiting. It may have been stopped, completed or expired; there is nothing more to do.',
  },
  'recovery-person-unknown': {
    status: 404,
    zh: '这个证件号码没有可以找回的账号。请核对身份证上的号码；没有账号的，可以直接注册。',
    en: 'There is no account to recover for this ID number. Compare it with the card; a person without an account can register.',
  },
  'recovery-document-unchecked': {
    status: 400,
    zh: '请先当面核对身份证原件与本人，再勾选确认。',
    en: 'Compare the original ID card with the person in front of you, then tick the box.',
  },
  'recovery-slip-refused': {
    status: 409,
    zh: '现在不能打印纸条：须由提出申请的工作人员本人，在另一名工作人员审核通过之后、申请结束之前打印。',
    en: 'No slip can be made now: the officer who proposed it makes it, after another officer approved and before the request is over.',
  },
} as const satisfies Record<string, ErrorEntry>;
