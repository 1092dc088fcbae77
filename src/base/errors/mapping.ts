import type { ErrorEntry } from './entry.ts';

/** Refusals about mappings of types and levels. */
export const mappingErrors = {
  'mapping-document-invalid': {
    status: 422,
    zh: '映射在“{place}”处不合规定。请更正该处后重新提交。',
    en: 'The mapping is not valid at “{place}”. Correct it there and submit it again.',
  },
  'mapping-missing': {
    status: 404,
    zh: '没有这份映射或这个版本。请在映射列表中核对编号和版本。',
    en: 'There is no such mapping, or no such version of it. Check the number and the version in the list of mappings.',
  },
  'mapping-not-own': {
    status: 403,
    zh: '这份映射由其他地区发布，不能在这里起草新版。请另行起草，或请发布地区修改。',
    en: 'Another region publishes this mapping, so no version of it is drafted here. Draft one of your own, or ask that region.',
  },
  'mapping-unchanged': {
    status: 409,
    zh: '内容与已发布的版本相同，没有保存。请先改动再保存。',
    en: 'It says the same as the published version, and nothing was saved. Change something first.',
  },
  'mapping-changed': {
    status: 409,
    zh: '这份映射刚刚被他人更改，本次操作未保存。请刷新页面后重试。',
    en: 'The mapping was changed by someone else just now, and nothing was saved. Reload the page and try again.',
  },
  'mapping-digest-differs': {
    status: 409,
    zh: '您看到的映射与系统保存的不一致，没有发布。请重新打开，核对摘要后再办理。',
    en: 'The mapping you saw is not the one that is stored, and nothing was published. Open it again and compare the digest.',
  },
  'mapping-signature-invalid': {
    status: 401,
    zh: '映射的签名无法用发布地区已核对的密钥验证，未予接受。请与发布地区核对协议密钥指纹。',
    en: 'The signature of the mapping does not verify by the compared key of the region that publishes it, and it was not taken. Compare the fingerprint of the agreement key with that region.',
  },
  'mapping-conflict': {
    status: 409,
    zh: '收到的映射与本地保存的同一版本内容不同，未予接受。请与发布地区核对摘要。',
    en: 'The mapping that came says otherwise than the same version stored here, and was not taken. Compare digests with the region that publishes it.',
  },
  'mapping-unresolved': {
    status: 409,
    zh: '协议引用的映射尚未取得，或与协议写明的内容不同，暂不能办理。请稍后再试；仍不行的，请双方管理员核对映射的版本和摘要。',
    en: 'A mapping that the agreement refers to is not here yet, or is not the one that the agreement names, so nothing can be done by it. Try again later; if that does not help, both sides should compare its version and digest.',
  },
} as const satisfies Record<string, ErrorEntry>;
