/** What can go wrong on a demo site, with the status and the words for the person. */
export const problems = {
  'provider-unreachable': {
    status: 503,
    zh: { title: '暂时联系不上一号', text: '登录没有开始，您的信息没有发出。请过一会儿再试。' },
    en: {
      title: 'The sign-in service cannot be reached',
      text: 'Sign-in has not begun and nothing about you was sent. Try again in a moment.',
    },
  },
  'attempt-unknown': {
    status: 400,
    zh: {
      title: '这次登录对不上',
      text: '它不是从这个浏览器开始的，或者已经用过、放得太久。为了您的安全，没有为您登录。',
    },
    en: {
      title: 'This sign-in does not match',
      text: 'It was not started in this browser, was used already, or is too old. For your safety you are not signed in.',
    },
  },
  'sign-in-declined': {
    status: 403,
    zh: { title: '您没有登录', text: '您在一号取消了登录，或没有同意提供信息。本站没有得到您的任何信息。' },
    en: {
      title: 'You are not signed in',
      text: 'You cancelled at Yihao, or did not agree to give information. This site received nothing about you.',
    },
  },
  'sign-in-refused': {
    status: 502,
    zh: { title: '一号没有完成这次登录', text: '本站没有得到您的任何信息。请重新开始一次。' },
    en: {
      title: 'Yihao did not finish this sign-in',
      text: 'This site received nothing about you. Please start again.',
    },
  },
  'answer-untrusted': {
    status: 502,
    zh: { title: '没有通过安全检查', text: '收到的登录结果核对不上，本站没有采用。请重新开始一次。' },
    en: {
      title: 'The safety check failed',
      text: 'The answer that arrived could not be verified, so it was not used. Please start again.',
    },
  },
  'certificate-not-allowed': {
    status: 403,
    zh: {
      title: '本站没有得到证照',
      text: '您没有同意使用证照，本站什么也没有读到。改变主意的话，请回到首页再选一次。',
    },
    en: {
      title: 'This site was given no certificate',
      text: 'You did not agree to one being used, and nothing was read. If you change your mind, choose again on the home page.',
    },
  },
  'certificate-ended': {
    status: 403,
    zh: {
      title: '您的授权已经结束',
      text: '您在一号撤回了授权，或授权已经到期，所以本站读不到这份证照了，也没有留下它的内容。还要办理的话，请回到首页再选一次。',
    },
    en: {
      title: 'Your permission has ended',
      text: 'You withdrew it at Yihao, or its time is over, so this site can no longer read the certificate, and it has kept nothing of it. To go on, choose again on the home page.',
    },
  },
  'certificate-unread': {
    status: 502,
    zh: { title: '暂时读不到证照', text: '一号没有提供这份证照。请过一会儿再试，或者带上原件到窗口办理。' },
    en: {
      title: 'The certificate cannot be read',
      text: 'Yihao did not give it out. Try again in a moment, or take the original to the counter.',
    },
  },
  'form-expired': {
    status: 403,
    zh: { title: '这个页面已失效', text: '什么也没有提交。请回到首页再操作一次。' },
    en: {
      title: 'This page is no longer valid',
      text: 'Nothing was submitted. Go to the home page and try again.',
    },
  },
  'not-found': {
    status: 404,
    zh: { title: '没有这个页面', text: '请检查网址，或回到首页。' },
    en: {
      title: 'There is no such page',
      text: 'Check the address, or go to the home page.',
    },
  },
  internal: {
    status: 500,
    zh: { title: '网站出错了', text: '这是本站的问题，请过一会儿再试。' },
    en: {
      title: 'Something went wrong on this site',
      text: 'The fault is ours. Try again in a moment.',
    },
  },
} as const;

export type ProblemKind = keyof typeof problems;

/** A refusal that becomes a page. `detail` is a protocol's error code, safe to show and to log. */
export class SiteProblem extends Error {
  override readonly name = 'SiteProblem';

  constructor(
    readonly kind: ProblemKind,
    readonly detail: string | null = null,
    options?: ErrorOptions,
  ) {
    super(detail === null ? kind : `${kind} (${detail})`, options);
  }
}
