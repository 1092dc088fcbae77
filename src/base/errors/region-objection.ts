import type { ErrorEntry } from './entry.ts';

/** Refusals about cases between regions. */
export const regionObjectionErrors = {
  'region-objection-missing': {
    status: 404,
    zh: '没有这件地区间异议。请在异议列表中核对编号。',
    en: 'There is no such case between regions. Check the number in the list of objections.',
  },
  'region-objection-act-not-possible': {
    status: 409,
    zh: '该异议目前的状态是“{state}”，不能进行此操作。请刷新页面，查看最新状态。',
    en: 'The case is “{state}” now, and this cannot be done with it. Reload the page to see how it stands.',
  },
  'region-objection-field-invalid': {
    status: 400,
    zh: '异议的“{field}”一项不合规定。请更正该项后重新提交。',
    en: 'The field “{field}” of the objection is not valid. Correct it and submit it again.',
  },
  'region-objection-passed-on': {
    status: 409,
    zh: '群众的这件异议已经转交给对方地区。请在异议列表中查看进展。',
    en: 'This objection of a citizen was passed on to the other region already. See the list of objections for how it stands.',
  },
  'region-objection-conflict': {
    status: 409,
    zh: '对方送来的异议内容与本地保存的不一致，未予接受。请双方管理员核对该异议。',
    en: 'What the other region sent of a case contradicts what is stored here, and was not taken. Both sides should compare the case.',
  },
  'region-objection-changed': {
    status: 409,
    zh: '该异议刚刚被他人更改，本次操作未保存。请刷新页面后重试。',
    en: 'The case was changed by someone else just now, and nothing was saved. Reload the page and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
