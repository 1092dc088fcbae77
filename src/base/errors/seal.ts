import type { ErrorEntry } from './entry.ts';

/** Refusals about the seals of authorities. */
export const sealErrors = {
  'document-not-sealable': {
    status: 422,
    zh: '文件中“{place}”处不能加盖电子印章：含有残缺的字符、无效的数值、空缺，或层次过深。请更正该处后重试。',
    en: 'What stands at “{place}” of the document cannot be sealed: a broken character, no valid number, nothing at all, or nested too deep. Correct it and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
