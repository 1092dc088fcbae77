import type { ErrorEntry } from './entry.ts';

/** Refusals about certificates as they are issued, changed and ended, and about the catalogue of their types. */
export const directoryErrors = {
  'certificate-type-unknown': {
    status: 404,
    zh: '证照类型目录中没有该类型，或该类型已停用。请对照目录核对类型代码，或联系目录管理员启用。',
    en: 'The catalogue has no such certificate type, or it is not enabled. Check the type code, or ask the catalogue administrator to enable it.',
  },
  'certificate-type-invalid': {
    status: 400,
    zh: '证照类型定义的 {part} 不合要求。请修改这一项后重新保存。',
    en: 'The part {part} of the certificate type is not as it must be. Correct it and save again.',
  },
  'certificate-type-version-taken': {
    status: 409,
    zh: '该证照类型的这个版本已存在，内容不同。已保存的版本不能修改，请以新的版本号保存。',
    en: 'This version of the certificate type exists with other content. A saved version is never changed: save yours under the next version.',
  },
  'certificate-issuer-not-entitled': {
    status: 403,
    zh: '该机构未被授权签发这类证照。请核对机构代码，或向目录管理员申请授权。',
    en: 'This authority is not entitled to issue certificates of this type. Check its code, or ask the catalogue administrator for the entitlement.',
  },
  'certificate-holder-category': {
    status: 400,
    zh: '持证主体的类别（自然人或法人）与该类证照不符。请核对持证主体类型后重试。',
    en: 'A holder is a person where the type asks for an organisation, or the other way round. Check the holder types and try again.',
  },
  'certificate-holder-count': {
    status: 400,
    zh: '这类证照的持证主体应为 {least} 至 {most} 个。请补全或删减后重试。',
    en: 'This type of certificate has {least} to {most} holders. Add or remove holders and try again.',
  },
  'certificate-holder-repeated': {
    status: 400,
    zh: '同一持证主体登记了两次。请删去重复的一项后重试。',
    en: 'The same holder is given twice. Remove one of them and try again.',
  },
  'certificate-field-missing': {
    status: 400,
    zh: '缺少照面项“{fieldZh}”。请补填后重试。',
    en: 'The field “{fieldEn}” is missing. Fill it in and try again.',
  },
  'certificate-field-unknown': {
    status: 400,
    zh: '有照面项不在该类证照的目录中。请只填写：{knownNames}。',
    en: 'There is a field that this type of certificate does not have. Give none but: {knownNames}.',
  },
  'certificate-field-invalid': {
    status: 400,
    zh: '照面项“{fieldZh}”不合要求，应为：{expectedZh}。请修改后重试。',
    en: 'The field “{fieldEn}” is not as expected: {expectedEn}. Correct it and try again.',
  },
  'certificate-validity': {
    status: 400,
    zh: '有效期与该类证照的规则不符，应为：{expectedZh}。请修改截止日后重试。',
    en: 'The validity does not follow the rule of this type: {expectedEn}. Correct the last day and try again.',
  },
  'certificate-photo-required': {
    status: 400,
    zh: '这类证照须有持证人照片。请先提交照片并通过审核，再签发。',
    en: 'This type of certificate needs a photo of its holder. Submit one, have it accepted, then issue.',
  },
  'certificate-photo-digest': {
    status: 400,
    zh: '照片摘要应为 64 位十六进制数字，并与照片编号一同提供；无照片的证照类型不应提供。请核对后重试。',
    en: 'A photo goes with its digest of 64 hexadecimal digits, and only with a type that has a photo. Check both and try again.',
  },
  'certificate-number-invalid': {
    status: 400,
    zh: '证照编号应为 1 至 128 个字。请对照证照重新输入。',
    en: 'The number of a certificate has 1 to 128 characters. Enter it as it stands on the certificate.',
  },
  'certificate-serial-personal': {
    status: 400,
    zh: '证照流水号不能使用或包含持证主体的号码，因为它会公开写入证照标识。请换用发证机构自编的流水号。',
    en: 'A serial must not be or hold the number of a holder, since it stands in the open in the certificate identifier. Use a serial of the authority’s own.',
  },
  'certificate-serial-taken': {
    status: 409,
    zh: '该流水号已签发过内容不同的证照。如需修改请办理变更；如为另一证照，请换用新的流水号。',
    en: 'A certificate with other content was issued under this serial. Change that one, or issue this one under another serial.',
  },
  'certificate-unknown': {
    status: 404,
    zh: '没有找到该证照。请核对电子证照标识后重试。',
    en: 'There is no such certificate. Check the certificate identifier and try again.',
  },
  'certificate-issuer-other': {
    status: 403,
    zh: '只有发证机构才能变更、暂扣或终止该证照。请由原发证机构办理。',
    en: 'Only the authority that issued a certificate may change, suspend or end it. Have it done there.',
  },
  'certificate-already-ended': {
    status: 409,
    zh: '该证照已终止或已被新版本取代，不能再办理此项。请查询其现状；如需继续使用，请重新签发。',
    en: 'This certificate has ended or was superseded, so this can no longer be done to it. Look up its state; issue it anew if it is still needed.',
  },
  'certificate-is-suspended': {
    status: 409,
    zh: '该证照正在暂扣，不能办理此项。请先解除暂扣。',
    en: 'This certificate is suspended, so this cannot be done to it. Lift the suspension first.',
  },
  'certificate-not-suspended': {
    status: 409,
    zh: '该证照未被暂扣，无需解除。请查询其现状。',
    en: 'This certificate is not suspended, so there is nothing to lift. Look up its state.',
  },
  'certificate-changed-meanwhile': {
    status: 409,
    zh: '该证照刚被他人变更或办理。请重新查询其现状后再办理。',
    en: 'Someone else has just changed this certificate. Look up its state and decide again.',
  },
  'certificate-reason-invalid': {
    status: 400,
    zh: '原因代码应以小写字母开头，由小写字母、数字和连字符组成，最长 32 位，不写具体情况。请选择代码后重试。',
    en: 'A reason is a code of at most 32 small letters, digits and hyphens, a letter first, and no free text. Choose one and try again.',
  },
  'certificate-act-date': {
    status: 400,
    zh: '办理日期不能晚于今天，也不能早于证照颁发日期。请核对后重新输入。',
    en: 'The day of the act is not after today and not before the certificate was issued. Check it and enter it again.',
  },
  'certificate-page-limit': {
    status: 400,
    zh: '每页数量应为 1 至 {most}。请修改后重试。',
    en: 'A page has 1 to {most} entries. Ask for that many and try again.',
  },
  'certificate-record-damaged': {
    status: 500,
    zh: '该证照的存储记录已损坏，无法读取。请联系系统管理员从备份恢复，切勿据此判断证照真伪。',
    en: 'The stored record of this certificate is damaged and does not open. Ask the operator to restore it from a backup; it says nothing about the certificate shown.',
  },
} as const satisfies Record<string, ErrorEntry>;
