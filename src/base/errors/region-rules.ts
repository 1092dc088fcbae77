import type { ErrorEntry } from './entry.ts';

/** Refusals about the rules of the region above, which may only be tightened. */
export const regionRulesErrors = {
  'rules-looser': {
    status: 409,
    zh: '这些设置比上级地区的规则宽松：{settings}。括号里是上级的要求；请收紧后再试，只能更严，不能更宽。',
    en: 'These settings are looser than the rules of the region above: {settings}. What it demands stands in brackets; tighten them and try again. They may be stricter, never looser.',
  },
  'rules-invalid': {
    status: 422,
    zh: '规则文件无法使用（{place}），没有改动。请核对格式，或先升级本系统：不认识的规则无法执行。',
    en: 'The file of rules cannot be used ({place}), so nothing was changed. Check its form, or upgrade first: a rule that is not known cannot be kept.',
  },
  'rules-untrusted': {
    status: 403,
    zh: '规则文件不是由已核对的 {issuer} 的密钥签署的，没有改动。请先用 yihao peers 登记并由两人核对上级的密钥，再向上级重新索取文件。',
    en: 'The file of rules is not signed by the compared key of {issuer}, so nothing was changed. Register the region above and have two officers compare its key (yihao peers), then ask it for the file again.',
  },
  'rules-stale': {
    status: 409,
    zh: '规则第 {version} 版不能代替已有的第 {kept} 版，没有改动。请使用版本号更大的文件。',
    en: 'Version {version} of the rules cannot take the place of version {kept}, so nothing was changed. Use a file with a higher version.',
  },
  'rules-nobody-above': {
    status: 409,
    zh: '本实例没有配置上级地区，没有改动。请先设置 YIHAO_PARENT_ISSUER。',
    en: 'This instance has no region above, so nothing was changed. Set YIHAO_PARENT_ISSUER first.',
  },
} as const satisfies Record<string, ErrorEntry>;
