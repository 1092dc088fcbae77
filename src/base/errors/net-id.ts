import type { ErrorEntry } from './entry.ts';

/** Refusals about signing in by net-ID, and to who binds one. */
export const netIdErrors = {
  'net-id-unavailable': {
    status: 503,
    zh: '国家网络身份认证服务暂时没有应答，没有登录，也没有绑定。请稍后再试，或改用其他方式登录。',
    en: 'The national net-ID service does not answer now; nobody was signed in and nothing was bound. Try again later, or sign in another way.',
  },
  'net-id-declined': {
    status: 403,
    zh: '您在国家网络身份认证服务那里选择了返回，没有登录，也没有绑定。您可以重试，或改用其他方式登录。',
    en: 'You turned back at the national net-ID service; nobody was signed in and nothing was bound. Try again, or sign in another way.',
  },
  'net-id-answer-invalid': {
    status: 502,
    zh: '国家网络身份认证服务的答复无法确认真实有效，没有登录，也没有绑定。请重新开始，或改用其他方式登录。',
    en: 'The answer of the national net-ID service could not be proved right; nobody was signed in and nothing was bound. Start again, or sign in another way.',
  },
  'net-id-expired': {
    status: 410,
    zh: '这次网号登录或绑定已经用过，或超过了 {minutes} 分钟。请重新开始，或改用其他方式登录。',
    en: 'This visit to the net-ID service was used, or took more than {minutes} minutes. Start again, or sign in another way.',
  },
  'net-id-not-bound': {
    status: 403,
    zh: '这个网号没有绑定账号，没有登录。请用其他方式登录，再在“我的一号”的“登录方式”里绑定。',
    en: 'This net-ID is bound to no account, and nobody was signed in. Sign in another way, then bind it at My Yihao, under ways to sign in.',
  },
  'net-id-taken': {
    status: 409,
    zh: '这个网号已绑定另一个账号，没有绑定。请先登录那个账号解除绑定，再重试。',
    en: 'This net-ID is bound to another account; nothing was bound. Sign in to that account and unbind it first, then try again.',
  },
  'net-id-present': {
    status: 409,
    zh: '您的账号已绑定一个网号，没有再绑定。要换一个，请先解除原来的绑定。',
    en: 'Your account has a net-ID already; nothing was bound. To change it, unbind the present one first.',
  },
  'net-id-other-person': {
    status: 403,
    zh: '这个网号的姓名和证件号码与您的账号不一致，没有绑定。请用您本人的网号重试。',
    en: 'Name and ID number of this net-ID are not those of your account; nothing was bound. Try again with your own net-ID.',
  },
  'net-id-level': {
    status: 403,
    zh: '绑定网号需要先以二级或更高等级登录。请提升实名等级后再试。',
    en: 'To bind a net-ID you must be signed in at level 2 or above. Raise your level and try again.',
  },
  'net-id-missing': {
    status: 404,
    zh: '您的账号没有绑定网号，可能已经解除。请返回查看。',
    en: 'Your account has no net-ID; it may have been unbound. Go back and look.',
  },
} as const satisfies Record<string, ErrorEntry>;
