import type { ErrorEntry } from './entry.ts';

/** Refusals about printable copies of certificates. */
export const copyErrors = {
  'copy-of-no-use': {
    status: 409,
    zh: '这张证照现在不能使用，因此不能制作打印件。请查看它的状态，或联系发证机关。',
    en: 'This certificate is of no use now, so no copy is made of it. See its state, or contact the authority.',
  },
  'copy-seal-broken': {
    status: 409,
    zh: '这张证照的电子印章验证不通过，不能制作打印件。请联系发证机关核对。',
    en: 'The seal of this certificate does not verify, so no copy is made of it. Ask the authority to check it.',
  },
  'copy-purpose': {
    status: 400,
    zh: '请写明打印件的使用人和用途，各为 1 至 {longest} 个字。',
    en: 'Say who uses the copy and what for, in 1 to {longest} characters each.',
  },
  'copy-expiry': {
    status: 400,
    zh: '打印件的有效期应从今天起，不超过 {longestDays} 天。请重新选择。',
    en: 'A copy is good from today for at most {longestDays} days. Choose another day.',
  },
  'copy-glyph-missing': {
    status: 422,
    zh: '内容中有 {count} 个字是服务器字体没有的，为避免印错，没有制作打印件。请修改用途，或联系运维人员安装字库更全的字体。',
    en: 'The server’s font lacks {count} of the characters, so no copy was made rather than a wrong one. Change the purpose, or ask the operator to install a larger font.',
  },
  'copy-font-missing': {
    status: 503,
    zh: '服务器缺少中文字体，暂时不能制作打印件。请联系运维人员安装 fonts-noto-cjk。',
    en: 'The server has no Chinese font, so it cannot make copies. Ask its operator to install one (fonts-noto-cjk).',
  },
} as const satisfies Record<string, ErrorEntry>;
