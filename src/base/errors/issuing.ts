import type { ErrorEntry } from './entry.ts';

/** Refusals of the photo that a certificate is issued or changed with, and of counting what was issued. */
export const issuingErrors = {
  'certificate-photo-unknown': {
    status: 404,
    zh: '这里没有该编号的照片。请核对照片编号，或先提交照片并通过审核。',
    en: 'There is no photo of this identifier here. Check it, or submit the photo and have it accepted first.',
  },
  'certificate-photo-waiting': {
    status: 409,
    zh: '这张照片尚未审核通过，不能用于签发。请等待审核，或换用已通过的照片。',
    en: 'This photo has not been accepted, so no certificate is issued with it. Wait for its review, or use one that was accepted.',
  },
  'certificate-photo-differs': {
    status: 409,
    zh: '照片摘要与库中这张照片不一致。请重新读取照片编号和摘要后提交。',
    en: 'The digest is not that of the photo kept here. Read identifier and digest of the photo again and submit both.',
  },
  'certificate-photo-other-use': {
    status: 409,
    zh: '这张照片的规格不是该类证照所要求的。请按证照类型目录的照片规格另行提交照片。',
    en: 'This photo was admitted under another profile than this type of certificate asks for. Submit one under the profile in the catalogue.',
  },
  'certificate-count-days': {
    status: 400,
    zh: '一次可统计 1 至 {mostDays} 天，截止日不能早于起始日。请修改日期后重试。',
    en: 'Counts are given for 1 to {mostDays} days, the last not before the first. Change the days and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
