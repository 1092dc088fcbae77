import type { ErrorEntry } from './entry.ts';

/** Refusals that any request may meet: at the edge, in the storage, or by a fault of ours. */
export const requestErrors = {
  internal: {
    status: 500,
    zh: '系统暂时出错，您的信息没有丢失。请稍后重试；如仍不行，请拨打服务热线并报上追踪码。',
    en: 'Something went wrong on our side; nothing of yours was lost. Try again later, or call the help line with the trace code.',
  },
  'not-found': {
    status: 404,
    zh: '没有这个页面。请检查网址，或回到您要办事的网站重新进入。',
    en: 'There is no such page. Check the address, or go back to the site you came from and start again.',
  },
  'method-not-allowed': {
    status: 405,
    zh: '这个地址不接受该操作方式。请回到您要办事的网站重新进入。',
    en: 'This address does not accept that method. Go back to the site you came from and start again.',
  },
  'host-unknown': {
    status: 421,
    zh: '访问的域名不属于本服务。请检查网址。',
    en: 'This host name is not served here. Check the address.',
  },
  'body-too-large': {
    status: 413,
    zh: '提交的内容超过 {limitKb} KB 的上限。请减少内容后重试。',
    en: 'What was sent is over the limit of {limitKb} KB. Send less and try again.',
  },
  'body-malformed': {
    status: 400,
    zh: '提交的内容无法读取（编码或格式有误）。请返回上一页重新填写。',
    en: 'What was sent could not be read (bad encoding or form). Go back and fill in the form again.',
  },
  'form-expired': {
    status: 403,
    zh: '这个页面已失效，没有提交任何内容。请重新打开后再提交。',
    en: 'This page is no longer valid and nothing was submitted. Open it again and submit once more.',
  },
  'interaction-expired': {
    status: 410,
    zh: '这次登录已过期，或已在另一个页面完成。请从您要办事的网站重新开始。',
    en: 'This sign-in has expired or was finished in another page. Start again from the site you came from.',
  },
  'too-many-requests': {
    status: 429,
    zh: '操作过于频繁。请在 {waitSeconds} 秒后重试。',
    en: 'Too many requests. Try again in {waitSeconds} seconds.',
  },
  'storage-unavailable': {
    status: 503,
    zh: '系统存储暂时不可用，没有写入任何内容。请稍后重试。',
    en: 'Storage is not available at present and nothing was written. Try again later.',
  },
} as const satisfies Record<string, ErrorEntry>;
