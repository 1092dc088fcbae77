import type { ErrorEntry } from './entry.ts';

/** Refusals about the words of a certificate: dates, codes, identifiers, holders, levels, causes. */
export const certificateErrors = {
  'date-invalid': {
    status: 400,
    zh: '日期应为真实存在的一天，写作“年-月-日”，如 2026-01-31。请核对后重新输入。',
    en: 'A date must be a real day, written like 2026-01-31. Check it and enter it again.',
  },
  'credit-code-length': {
    status: 400,
    zh: '统一社会信用代码应为 18 位。请对照登记证照核对位数后重新输入。',
    en: 'A unified social credit code has 18 characters. Count them on the registration certificate and enter it again.',
  },
  'credit-code-characters': {
    status: 400,
    zh: '统一社会信用代码只能有数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位是数字。请核对后重新输入。',
    en: 'A unified social credit code has digits and letters other than I, O, S, V and Z; characters 3 to 8 are digits. Check it and enter it again.',
  },
  'credit-code-check': {
    status: 400,
    zh: '统一社会信用代码有一位输错了。请对照登记证照逐位核对后重新输入。',
    en: 'One character of the unified social credit code is wrong. Compare it with the registration certificate and enter it again.',
  },
  'certificate-type-code-invalid': {
    status: 400,
    zh: '证照类型代码应为定义机构的统一社会信用代码加 3 位数字，共 21 位。请对照证照目录核对后重新输入。',
    en: 'A certificate type code is the credit code of the authority that defines it and three digits, 21 characters in all. Check it against the catalogue and enter it again.',
  },
  'certificate-identifier-form': {
    status: 400,
    zh: '电子证照标识应以 1.2.156.3005.2 开头，其后五段以点分隔。请从证照上完整复制后重试。',
    en: 'A certificate identifier starts with 1.2.156.3005.2 and five parts follow, parted by dots. Copy it whole from the certificate and try again.',
  },
  'certificate-identifier-part': {
    status: 400,
    zh: '电子证照标识前缀之后的第 {part} 段位数或字符不对。请对照证照核对这一段后重新输入，字母须大写。',
    en: 'Part {part} after the prefix of the certificate identifier has a wrong length or character. Compare it with the certificate and enter it again, in capitals.',
  },
  'certificate-identifier-check': {
    status: 400,
    zh: '电子证照标识有一位输错了。请对照证照逐位核对后重新输入。',
    en: 'One character of the certificate identifier is wrong. Compare it with the certificate and enter it again.',
  },
  'certificate-version-exhausted': {
    status: 409,
    zh: '该证照的版本号已到 999，不能再变更。请换用新的证照编号重新签发。',
    en: 'This certificate has reached version 999 and cannot be changed again. Issue it anew under another serial.',
  },
  'certificate-status-unknown': {
    status: 400,
    zh: '该证照状态没有对应的代码。请对照发证机构的状态代码表核对；需要人工判断的，请联系发证机构。',
    en: 'This certificate status has no matching code. Check it against the code table of the issuing authority, or ask the authority.',
  },
  'certificate-dates-order': {
    status: 400,
    zh: '有效期截止日早于起始日。请核对证照上的日期后重新输入。',
    en: 'The last day of validity is before the first. Check the dates on the certificate and enter them again.',
  },
  'holder-type-unknown': {
    status: 400,
    zh: '没有这种持证主体代码类型。请从列表中选择后重试。',
    en: 'There is no such type of holder code. Choose one of the list and try again.',
  },
  'holder-code-invalid': {
    status: 400,
    zh: '持证主体代码与所选类型不符。请核对证件类型和号码后重新输入。',
    en: 'The holder code does not fit its type. Check both the type and the number and enter them again.',
  },
  'organisation-name-invalid': {
    status: 400,
    zh: '单位名称应为 1 至 256 个字，不含控制字符。请对照登记证照重新输入。',
    en: 'The name of an organisation has 1 to 256 characters that can be seen. Enter it as it stands on the registration certificate.',
  },
  'trust-level-unknown': {
    status: 400,
    zh: '可信等级只有 A、B、C、D 四级。请选择其中一级后重试。',
    en: 'A trust level is A, B, C or D. Choose one of them and try again.',
  },
  'trust-level-evidence': {
    status: 409,
    zh: '只有用户上传的材料（C 级）经窗口核验原件后才能升为 B 级，且须登记经办人、窗口、时间和扫描件摘要。请补全后重试。',
    en: 'Only an upload (level C) rises to B, once its original was checked and officer, counter, time and scan digest are recorded. Complete them and try again.',
  },
  'use-cause-invalid': {
    status: 400,
    zh: '用证事由的 {field} 缺失或不合要求（应为 {expected}）。请补全后重新提交。',
    en: 'The field {field} of the use cause is missing or not as expected ({expected}). Complete it and submit again.',
  },
  'verdict-malformed': {
    status: 502,
    zh: '对方地区的核验答复无法读取，不能作为依据。请稍后重试；如仍不行，请联系本地区的技术支持。',
    en: 'The answer of the other region could not be read and proves nothing. Try again later, or contact support of your region.',
  },
} as const satisfies Record<string, ErrorEntry>;
