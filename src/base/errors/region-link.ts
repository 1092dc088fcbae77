import type { ErrorEntry } from './entry.ts';

/** Refusals about a person's identities of other regions, and about what is typed to find one's region. */
export const regionLinkErrors = {
  'region-number-typed': {
    status: 400,
    zh: '这里不需要证件号码或手机号码，您输入的内容没有保存。请输入地区名称、行政区划代码，或扫描跨区域登录码。',
    en: 'No ID or telephone number is needed here, and what you typed was not kept. Enter the name or code of a region, or scan the code of yours.',
  },
  'region-link-level': {
    status: 403,
    zh: '关联外地身份需要先在本地以二级或更高等级登录。请提升登录等级后再试。',
    en: 'To link an identity of another region you must be signed in here at level 2 or above. Raise the level and try again.',
  },
  'region-link-taken': {
    status: 409,
    zh: '这个外地身份已关联到本地区的另一个账号。请先登录那个账号解除关联，或联系服务窗口。',
    en: 'This identity is linked to another account of this region. Sign in to that account and unlink it, or go to a service counter.',
  },
  'region-link-missing': {
    status: 404,
    zh: '没有找到这个外地身份，可能已经解除关联。请返回列表查看。',
    en: 'This identity was not found; it may have been unlinked already. Go back to the list.',
  },
  'presented-nonce-unknown': {
    status: 409,
    zh: '这次出示没有对应的核验请求：请求已用过、已超过 {minutes} 分钟，或不是本窗口发出的。请重新发起核验，让持证人再出示一次。',
    en: 'There is no request for this presentation: it was used, is older than {minutes} minutes, or is another counter’s. Begin anew and ask the holder to present once more.',
  },
} as const satisfies Record<string, ErrorEntry>;
