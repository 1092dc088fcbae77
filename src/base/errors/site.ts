import type { ErrorEntry } from './entry.ts';

/** Refusals about the site that sent a person here. */
export const siteErrors = {
  'site-unknown': {
    status: 400,
    zh: '您来自的网站没有在本服务登记，不能登录。请联系该网站。',
    en: 'The site you came from is not registered here, so it cannot sign you in. Contact that site.',
  },
  'site-address-mismatch': {
    status: 400,
    zh: '该网站给出的返回地址与登记的不一致，为保护您的信息，登录已停止。请联系该网站。',
    en: 'The return address this site gave is not the one it registered. To protect you the sign-in was stopped. Contact that site.',
  },
  'site-request-invalid': {
    status: 400,
    zh: '该网站发来的登录请求有误（{reason}）。请回到该网站重新开始；如仍不行，请联系该网站。',
    en: 'The sign-in request of this site is not valid ({reason}). Go back to the site and start again, or contact it.',
  },
} as const satisfies Record<string, ErrorEntry>;
