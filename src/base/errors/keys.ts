import type { ErrorEntry } from './entry.ts';

/** Refusals about turning the instance's own keys. */
export const keyErrors = {
  'key-ring-unknown': {
    status: 404,
    zh: '没有名为 {ring} 的密钥环。请用 yihao keys status 查看名称；密钥环在首次使用后才有。',
    en: 'There is no key ring {ring}. See the names: yihao keys status. A ring is there from its first use on.',
  },
  'key-ring-agreement': {
    status: 409,
    zh: '协议密钥已写入与其他地区的协议，不能单独更换。请与对方中止协议，核对新密钥后重新签署。',
    en: 'The agreement key is pinned by other regions and does not change alone. Suspend the agreements, and make new ones with them: docs/agreements.md.',
  },
  'key-not-announced': {
    status: 409,
    zh: '密钥环 {ring} 的下一把密钥公布时间不足，{readyAt} 之前不能启用。请到时再试；密钥可能泄露时使用 --emergency。',
    en: 'The next key of {ring} was published too lately to be used before {readyAt}. Try again then; use --emergency when a key may be known to others.',
  },
  'key-ring-changed': {
    status: 409,
    zh: '密钥环 {ring} 刚被另一个进程更换，本次没有改动。请用 yihao keys status 查看后再决定。',
    en: 'Another process turned the key ring {ring} at this moment, and nothing was changed here. Look before you go on: yihao keys status.',
  },
} as const satisfies Record<string, ErrorEntry>;
