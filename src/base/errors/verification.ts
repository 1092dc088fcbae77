import type { ErrorEntry } from './entry.ts';

/** Refusals of questions about certificates of other regions: what no agreement covers, and how to go on without it. */
export const verificationErrors = {
  'agreement-not-found': {
    status: 403,
    zh: '与该地区没有可用的互认协议。请核对地区代码或证照标识，或请办事人提交材料。',
    en: 'There is no agreement with that region. Check the region code or the identifier, or ask the person for the paper.',
  },
  'agreement-not-active': {
    status: 403,
    zh: '与该地区的互认协议尚未生效。请改用线下材料办理。',
    en: 'The agreement with that region is not in force yet. Use the paper instead.',
  },
  'agreement-suspended': {
    status: 403,
    zh: '与该地区的互认已暂停。请改用线下材料办理。',
    en: 'Recognition with that region is suspended. Use the paper instead.',
  },
  'agreement-expired': {
    status: 403,
    zh: '与该地区的互认已到期。请改用线下材料办理。',
    en: 'Recognition with that region has expired. Use the paper instead.',
  },
  'agreement-terminated': {
    status: 403,
    zh: '与该地区的互认已终止。请改用线下材料办理。',
    en: 'Recognition with that region was terminated. Use the paper instead.',
  },
  'agreement-digest-mismatch': {
    status: 409,
    zh: '互认协议正在更新，系统维护中。请几分钟后再试，或改用线下材料办理。',
    en: 'The agreement is being brought up to date. Try again in a few minutes, or use the paper.',
  },
  'agreement-status-stale': {
    status: 503,
    zh: '暂时无法确认互认状态。请稍后再试，或改用二维码、纸质材料办理；这不表示没有该证照。',
    en: 'Whether recognition is in force cannot be confirmed now. Try again later, or use the QR code or paper; it does not mean that there is no certificate.',
  },
  'certificate-type-not-covered': {
    status: 403,
    zh: '该证照类型不在互认范围。请办事人提交材料。',
    en: 'This type of certificate is not covered by the agreement. Ask the person for the paper.',
  },
  'channel-not-covered': {
    status: 403,
    zh: '该证照不能以这种方式跨地区核验。请换用扫码或线上查询，或请办事人提交材料。',
    en: 'This certificate cannot be verified across regions in this way. Scan the code or ask online instead, or ask for the paper.',
  },
  'purpose-not-covered': {
    status: 403,
    zh: '该事项不在互认用途内。请核对事项编码，或请办事人提交材料。',
    en: 'This service item is not among the purposes of the agreement. Check its code, or ask the person for the paper.',
  },
  'insufficient-assurance': {
    status: 403,
    zh: '办事人的身份核验等级不够。请用更高等级的方式核验身份后重试。',
    en: 'The person is not known surely enough. Identify them by a surer way and try again.',
  },
  'consent-required': {
    status: 403,
    zh: '使用该证照须经本人授权。请先取得用证授权，再用授权编号重试。',
    en: 'The person has to allow this use. Ask for a use authorisation first and try again with its identifier.',
  },
  'region-slow-down': {
    status: 429,
    zh: '对该地区的请求过多。请在 {waitSeconds} 秒后再试。',
    en: 'Too many requests to that region. Try again in {waitSeconds} seconds.',
  },
} as const satisfies Record<string, ErrorEntry>;
