import type { ErrorEntry } from './entry.ts';

/** Refusals of files that are handed in to be verified. */
export const fileErrors = {
  'file-missing': {
    status: 400,
    zh: '没有收到文件。请选择要核验的文件后再提交。',
    en: 'No file arrived. Choose the file to be verified and submit again.',
  },
  'file-too-large': {
    status: 413,
    zh: '文件超过 {limitKb} KB 的上限。请提交原始文件，不要拍照或打包。',
    en: 'The file is over the limit of {limitKb} KB. Hand in the file as it was issued, no photo of it and no archive.',
  },
} as const satisfies Record<string, ErrorEntry>;
