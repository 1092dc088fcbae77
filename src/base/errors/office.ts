import type { ErrorEntry } from './entry.ts';

/** Refusals about officers who act for an authority on its certificates. */
export const officeErrors = {
  'officer-no-authority': {
    status: 403,
    zh: '您没有登记在本区划内代表的发证机构，不能办理证照。请联系本地区管理员，以所在机构重新邀请。',
    en: 'You are registered for no issuing authority of your region, so you cannot work on certificates. Ask the administrator of your region for an invitation that names it.',
  },
  'officer-authority-elsewhere': {
    status: 400,
    zh: '该机构的统一社会信用代码不属于所填区划。请核对机构代码和区划代码后重新提交。',
    en: 'The credit code of this authority is not of the region given. Check the code of the authority and of the region and submit again.',
  },
  'certificate-area-elsewhere': {
    status: 400,
    zh: '证照区划应为您所辖的区划或其下级。请修改区划代码后重新提交。',
    en: 'A certificate is issued for your region or one below it. Correct the region code and submit again.',
  },
  'certificate-serial-form': {
    status: 400,
    zh: '流水号应为 1 至 32 位数字和字母，由发证机构自编。请修改后重新提交。',
    en: 'A serial is 1 to 32 digits and letters, of the authority’s own making. Correct it and submit again.',
  },
  'certificate-unchanged': {
    status: 400,
    zh: '没有任何内容被修改。请修改要变更的项目后重新提交。',
    en: 'Nothing is different from the certificate as it stands. Change what is to be changed and submit again.',
  },
  'certificate-purpose': {
    status: 400,
    zh: '请写明事由（1 至 {longest} 个字，不写号码）。持证人会看到。',
    en: 'Say what for, in 1 to {longest} characters and without numbers of persons; the holder reads it.',
  },
  'certificate-act-unknown': {
    status: 400,
    zh: '请选择要办理的事项和原因。',
    en: 'Choose what is to be done, and the reason.',
  },
  'photo-file-missing': {
    status: 400,
    zh: '没有收到照片。请选择一张照片后再提交。',
    en: 'No photo arrived. Choose one and submit again.',
  },
  'photo-draft-missing': {
    status: 410,
    zh: '这张待裁剪的照片已保存或已超过 15 分钟，不再保留。请重新选择照片上传。',
    en: 'This photo was kept already, or waited for more than 15 minutes, and is not held any more. Choose it and upload it again.',
  },
} as const satisfies Record<string, ErrorEntry>;
