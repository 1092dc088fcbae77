import type { ErrorEntry } from './entry.ts';

/** Refusals about bringing a site in: its registration, its tests, its way into production. */
export const onboardingErrors = {
  'test-people-only': {
    status: 403,
    zh: '这是网站的测试环境，只有测试人员可以登录。请到该网站的正式地址登录。',
    en: 'This is a site’s sandbox, and only test people sign in there. Sign in at the site’s own address.',
  },
  'test-people-elsewhere': {
    status: 403,
    zh: '测试人员只能登录测试环境。请换一个真实账号。',
    en: 'Test people sign in at sandboxes only. Use an account of a person.',
  },
  'site-registration-invalid': {
    status: 400,
    zh: '登记内容有误（{fault}）。请更正后再提交。',
    en: 'The registration is not valid ({fault}). Correct it and send it again.',
  },
  'site-identifier-taken': {
    status: 409,
    zh: '这个网站标识已有人使用。请换一个。',
    en: 'This site identifier is in use. Choose another.',
  },
  'site-too-many': {
    status: 429,
    zh: '一个账号最多登记 {most} 个网站。请联系接入管理员。',
    en: 'One account registers {most} sites at most. Ask a site manager.',
  },
  'site-not-yours': {
    status: 404,
    zh: '没有这个网站，或者您不是它的开发者。请回到网站清单。',
    en: 'There is no such site, or you are not one of its developers. Go back to the list of sites.',
  },
  'site-release-missing': {
    status: 404,
    zh: '没有这个网站版本。请回到网站页面查看现有版本。',
    en: 'The site has no such version. See the versions on the page of the site.',
  },
  'site-release-stale': {
    status: 409,
    zh: '这个版本已经办结，或者之后又有新版本。请查看最新版本。',
    en: 'This version is settled, or a newer one has come. Look at the newest one.',
  },
  'site-quota-invalid': {
    status: 400,
    zh: '每分钟次数不对。请填 10 至 1000000 的整数。',
    en: 'This is no number of requests a minute. Enter a whole number from 10 to 1000000.',
  },
  'site-invitation-over': {
    status: 410,
    zh: '这个邀请链接已用过、已过期或已失效。请向同事要一个新的。',
    en: 'This invitation was used, has expired or no longer holds. Ask your colleague for a new one.',
  },
  'site-invitations-many': {
    status: 429,
    zh: '今天生成的邀请链接太多。请 {waitSeconds} 秒后再试。',
    en: 'Too many invitations were made today. Try again in {waitSeconds} seconds.',
  },
  'site-members-many': {
    status: 409,
    zh: '一个网站最多 {most} 名开发者。请先移出不再参与的。',
    en: 'A site has {most} developers at most. Remove those who take no part any more first.',
  },
  'site-member-missing': {
    status: 404,
    zh: '没有这名开发者，可能刚刚已被移出。请回到开发者名单。',
    en: 'There is no such developer; they may have been removed. Go back to the list of developers.',
  },
  'site-last-developer': {
    status: 409,
    zh: '这是最后一名开发者，不能移出。请先邀请同事加入。',
    en: 'This is the last developer and cannot be removed. Invite a colleague first.',
  },
  'site-checks-too-often': {
    status: 429,
    zh: '检查太频繁。请 {waitSeconds} 秒后再试。',
    en: 'The checks were run too often. Try again in {waitSeconds} seconds.',
  },
  'test-people-too-many': {
    status: 429,
    zh: '今天已经生成 {most} 名测试人员。请使用已有的，或明天再试。',
    en: '{most} test people were made today. Use those you have, or try again tomorrow.',
  },
} as const satisfies Record<string, ErrorEntry>;
