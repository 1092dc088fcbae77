import type { ErrorEntry } from './entry.ts';

/** Refusals about signing in by another region: as its citizen here, or as ours there. */
export const otherRegionErrors = {
  'other-region-unavailable': {
    status: 503,
    zh: '对方地区系统暂不可用。请稍后重试，或改用其他方式登录。',
    en: 'The system of the other region is not available now. Try again later, or sign in another way.',
  },
  'other-region-closed': {
    status: 403,
    zh: '与该地区的登录互认目前没有生效（可能已暂停或到期）。请改用其他方式登录，或到服务窗口办理。',
    en: 'Sign-in by this region is not recognised at present: the agreement may be suspended or over. Sign in another way, or go to a service counter.',
  },
  'other-region-not-covered': {
    status: 403,
    zh: '两地协议没有包含这个网站的登录。请改用其他方式登录，或到服务窗口办理。',
    en: 'The agreement between the two regions does not cover sign-in at this site. Sign in another way, or go to a service counter.',
  },
  'other-region-level': {
    status: 403,
    zh: '您在归属地的登录等级达不到这个网站的要求。请先在归属地提升等级，或用更可靠的方式登录，再回到这里重试。',
    en: 'Your sign-in at home is not sure enough for this site. Raise your level at your home region, or sign in there a surer way, then try again here.',
  },
  'other-region-declined': {
    status: 403,
    zh: '归属地没有完成登录：您在那里选择了返回，或没有同意提供信息。您可以重试，或改用其他方式登录。',
    en: 'The sign-in at home was not finished: you turned back there or did not agree. Try again, or sign in another way.',
  },
  'other-region-answer-invalid': {
    status: 502,
    zh: '归属地的答复无法确认真实有效，没有登录。请重新开始；如再次出现，请联系服务热线。',
    en: 'The answer of your home region could not be proved right, and nobody was signed in. Start again; if it happens once more, call the help line.',
  },
  'other-region-expired': {
    status: 410,
    zh: '这次去归属地的登录已经用过或超时。请重新选择归属地。',
    en: 'This visit to your home region was used or timed out. Choose your home region again.',
  },
  'guest-account': {
    status: 403,
    zh: '您是经归属地登录的，这里不能添加登录方式。请在归属地管理您的登录方式。',
    en: 'You are signed in by your home region, so no way to sign in can be added here. Manage your ways to sign in there.',
  },
} as const satisfies Record<string, ErrorEntry>;
