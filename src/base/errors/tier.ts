import type { ErrorEntry } from './entry.ts';

/** Refusals between the directories of a region and of the regions below it. */
export const tierErrors = {
  'tier-not-kept': {
    status: 404,
    zh: '本平台没有汇集下级目录。请核对上级平台的地址，或由本平台管理员配置目录密钥后重试。',
    en: 'This instance gathers no entries of other regions. Check the address of the parent, or have its operator configure the directory key.',
  },
  'tier-child-unknown': {
    status: 403,
    zh: '该系统没有登记为下级证照库，或已停用。请由上级平台管理员登记后重试。',
    en: 'This machine is not registered as the library of a region below, or it is switched off. Have the operator of the parent register it.',
  },
  'tier-child-invalid': {
    status: 400,
    zh: '下级证照库登记的 {field} 不合要求（应为 {expected}）。请更正后重新登记。',
    en: 'The field {field} of the registration of a library is not as expected ({expected}). Correct it and register again.',
  },
  'tier-child-changed': {
    status: 409,
    zh: '该下级证照库的登记刚被他人修改。请重新查看后再登记。',
    en: 'Someone else has just changed the registration of this library. Look at it and register again.',
  },
  'tier-key-other': {
    status: 409,
    zh: '上下级平台的目录密钥不同。请双方管理员核对目录密钥文件，一致后重试；已有的条目不受影响。',
    en: 'The directory keys of the two instances differ. Have both operators compare the key files, then try again; entries kept so far stay.',
  },
  'tier-entry-region': {
    status: 400,
    zh: '该条目的行政区划不在报送机构所辖范围内。请核对证照的行政区划代码，或向上级核对登记的区划。',
    en: 'The area of this entry is outside the region of the library that sent it. Check the area code of the certificate, or the region registered at the parent.',
  },
  'tier-parent-unset': {
    status: 409,
    zh: '本平台没有配置上级目录。请设置 YIHAO_PARENT_ISSUER、YIHAO_PARENT_CLIENT_ID 和目录密钥后重试。',
    en: 'This instance has no parent directory. Set YIHAO_PARENT_ISSUER, YIHAO_PARENT_CLIENT_ID and the directory key, then try again.',
  },
  'tier-parent-unreachable': {
    status: 503,
    zh: '上级平台暂时无法连接。未报送的条目已保留，稍后会自动重试；长时间不恢复请联系上级平台。',
    en: 'The parent does not answer. What was not sent is kept and tried again by itself; call the parent if it lasts.',
  },
  'tier-parent-refused': {
    status: 502,
    zh: '上级平台拒绝了报送（{reason}）。请按该错误码的说明处理，未报送的条目已保留。',
    en: 'The parent refused what was sent ({reason}). Do as the entry of that code says; what was not sent is kept.',
  },
} as const satisfies Record<string, ErrorEntry>;
