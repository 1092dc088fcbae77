import type { ErrorEntry } from './entry.ts';

/** Refusals to a mini-program, and to who links an account with one. */
export const miniProgramErrors = {
  'mini-program-code-invalid': {
    status: 400,
    zh: '小程序的登录凭证无效、已用过或已过期，没有登录。请回到小程序重新点登录。',
    en: 'The code of the mini-program is wrong, used or expired, and nobody was signed in. Ask wx.login for a new one and try again.',
  },
  'mini-program-busy': {
    status: 429,
    zh: '小程序登录的次数太多了，没有登录。请在 {waitSeconds} 秒后再试，或用网页登录。',
    en: 'There were too many sign-ins by mini-program, and nobody was signed in. Try again in {waitSeconds} seconds, or sign in on the web page.',
  },
  'mini-program-unavailable': {
    status: 503,
    zh: '微信暂时没有应答，没有登录。请稍后再试，或用网页登录。',
    en: 'The platform of the mini-program does not answer, and nobody was signed in. Try again later, or sign in on the web page.',
  },
  'mini-program-expired': {
    status: 410,
    zh: '从小程序打开本页已超过 {minutes} 分钟或已用过，没有登录。请在下面换一种方式登录，或回到小程序重新点登录。',
    en: 'This page was opened from the mini-program more than {minutes} minutes ago, or used already; nobody was signed in. Sign in another way below, or go back to the mini-program and start again.',
  },
  'mini-program-link-code-wrong': {
    status: 403,
    zh: '关联码不对、已用过或已超过 {minutes} 分钟，没有关联。请在“我的一号”换一个关联码，再在小程序里输入。',
    en: 'The link code is wrong, used, or older than {minutes} minutes; nothing was linked. Get a new one at My Yihao and enter it in the mini-program.',
  },
  'mini-program-taken': {
    status: 409,
    zh: '这个微信已关联另一个账号，没有关联。请先登录那个账号，在“我的一号”解除关联。',
    en: 'This WeChat account is linked to another account; nothing was linked. Sign in to that account first and remove the link at My Yihao.',
  },
  'mini-program-level': {
    status: 403,
    zh: '关联小程序需要先以二级或更高等级登录。请提升登录等级后再试。',
    en: 'To link a mini-program you must be signed in at level 2 or above. Raise the level and try again.',
  },
  'mini-program-missing': {
    status: 404,
    zh: '没有找到这个小程序关联，可能已经解除。请返回列表查看。',
    en: 'This link to a mini-program was not found; it may have been removed. Go back to the list.',
  },
} as const satisfies Record<string, ErrorEntry>;
