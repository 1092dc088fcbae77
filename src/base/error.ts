/** One entry of the error catalogue: what each side gets to know. */
export interface ErrorEntry {
  /** HTTP status. */
  status: number;
  /** What the person sees, in Chinese and in English; `{name}` is filled from the error's values. */
  zh: string;
  en: string;
}

/** Every refusal Yihao can give, by code. `docs/errors.md` is generated from it. */
export const errorCatalogue = {
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
  'citizen-number-length': {
    status: 400,
    zh: '证件号码应为 18 位。请对照证件核对位数后重新输入。',
    en: 'An ID number has 18 characters. Count them on your card and enter it again.',
  },
  'citizen-number-characters': {
    status: 400,
    zh: '证件号码只能有数字，最后一位可以是 X。请核对后重新输入。',
    en: 'An ID number has digits only; the last one may be X. Check it and enter it again.',
  },
  'citizen-number-region': {
    status: 400,
    zh: '证件号码的前两位不对。请对照证件核对后重新输入。',
    en: 'The first two digits of the ID number are not right. Check them against your card and enter it again.',
  },
  'citizen-number-date': {
    status: 400,
    zh: '证件号码第 7 至 14 位不是真实的出生日期。请核对后重新输入。',
    en: 'Digits 7 to 14 of the ID number are not a real birth date. Check them and enter it again.',
  },
  'citizen-number-future': {
    status: 400,
    zh: '证件号码中的出生日期还没有到。请核对第 7 至 14 位后重新输入。',
    en: 'The birth date in the ID number is in the future. Check digits 7 to 14 and enter it again.',
  },
  'citizen-number-check': {
    status: 400,
    zh: '证件号码有一位输错了。请对照证件逐位核对后重新输入。',
    en: 'One character of the ID number is wrong. Compare it with your card and enter it again.',
  },
  'region-code-invalid': {
    status: 400,
    zh: '行政区划代码应为 6 位数字。请核对后重新输入。',
    en: 'A region code has six digits. Check it and enter it again.',
  },
  'name-invalid': {
    status: 400,
    zh: '姓名应为 1 至 50 个字，不含数字和符号。请对照证件重新输入。',
    en: 'A name has 1 to 50 characters and no digits or symbols. Enter it as it stands on your card.',
  },
  'phone-invalid': {
    status: 400,
    zh: '手机号码应为 11 位数字、以 1 开头。请核对后重新输入。',
    en: 'A mobile number has 11 digits and starts with 1. Check it and enter it again.',
  },
  'sign-in-refused': {
    status: 401,
    zh: '证件号码或密码不正确。请核对后重试，或改用其他方式登录。',
    en: 'The ID number or password is not right. Check both and try again, or sign in another way.',
  },
  'sign-in-locked': {
    status: 429,
    zh: '密码连续输错次数过多，为保护您的账号，密码登录暂停。请在 {waitMinutes} 分钟后重试，或使用人脸、指纹登录。',
    en: 'Too many wrong passwords. To protect the account, password sign-in is paused. Try again in {waitMinutes} minutes, or use your passkey.',
  },
  'passkey-refused': {
    status: 401,
    zh: '没有识别到可用的登录凭据。请重试，或改用密码登录。',
    en: 'The passkey was not accepted. Try again, or sign in with your password.',
  },
  'passkey-challenge-expired': {
    status: 410,
    zh: '验证超时。请再试一次。',
    en: 'The check timed out. Try once more.',
  },
  'passkey-duplicate': {
    status: 409,
    zh: '这台设备已经添加过，无需重复添加。',
    en: 'This device is already added.',
  },
  'account-not-active': {
    status: 403,
    zh: '该账号目前不能登录。请携带身份证到服务窗口办理。',
    en: 'This account cannot sign in at present. Go to a service counter with your ID card.',
  },
  'account-exists': {
    status: 409,
    zh: '该证件号码已有账号。请直接登录。',
    en: 'There is already an account for this ID number. Sign in instead.',
  },
  'password-weak': {
    status: 400,
    zh: '密码至少 10 个字符，最多 128 个字符。请换一个更长的密码。',
    en: 'A password has 10 to 128 characters. Choose a longer one.',
  },
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
  'storage-unavailable': {
    status: 503,
    zh: '系统存储暂时不可用，没有写入任何内容。请稍后重试。',
    en: 'Storage is not available at present and nothing was written. Try again later.',
  },
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

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorValues = Record<string, string | number>;

const fill = (text: string, values: ErrorValues): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));

/** A refusal with a code of the catalogue. Its message and values are safe to log and to show: no personal data. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly values: ErrorValues = {},
    options?: ErrorOptions,
  ) {
    super(fill(errorCatalogue[code].en, values), options);
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** Returns the sentence for the person, in the language asked. */
  text(language: 'zh' | 'en'): string {
    return fill(errorCatalogue[this.code][language], this.values);
  }
}
