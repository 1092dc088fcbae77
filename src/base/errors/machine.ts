import type { ErrorEntry } from './entry.ts';

/** Refusals of departments' machines. */
export const machineErrors = {
  'machine-unknown': {
    status: 401,
    zh: '访问令牌缺失、失效或未绑定密钥。请用 DPoP 向 /token 申请令牌后重试。',
    en: 'The access token is missing, no longer valid, or not bound to a key. Get one at /token with DPoP and try again.',
  },
  'machine-proof-refused': {
    status: 401,
    zh: 'DPoP 证明不合要求（{reason}）。每次请求须用令牌所绑定的密钥新签一个证明。',
    en: 'The DPoP proof is not acceptable ({reason}). Sign a new one for each request with the key the token is bound to.',
  },
  'machine-scope-missing': {
    status: 403,
    zh: '该网站没有被授权使用 {scope}。请由管理员登记后重试。',
    en: 'This site is not registered for {scope}. Have an officer register it and try again.',
  },
  'machine-request-invalid': {
    status: 400,
    zh: '请求的 {field} 不合要求（应为 {expected}）。请更正后重新提交。',
    en: 'The field {field} of the request is not as expected ({expected}). Correct it and send it again.',
  },
  'use-not-authorised': {
    status: 403,
    zh: '持证人没有授权这次用证，或授权已到期、已撤回（{reason}）。请重新取得授权，或改用其他办理方式。',
    en: 'The holder has not authorised this use, or the authorisation has ended ({reason}). Ask for a new one, or proceed in another way.',
  },
  'machine-quota-exceeded': {
    status: 429,
    zh: '该网站的调用次数已到上限。请在 {waitSeconds} 秒后重试。',
    en: 'This site has used up its calls. Try again in {waitSeconds} seconds.',
  },
} as const satisfies Record<string, ErrorEntry>;
