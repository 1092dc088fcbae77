import type { ErrorEntry } from './entry.ts';

/** Refusals about showing a certificate at a counter. */
export const presentationErrors = {
  'presentation-not-holder': {
    status: 404,
    zh: '您名下没有这张证照。请回到“我的证照”查看。',
    en: 'There is no such certificate in your name. Go back to My certificates.',
  },
  'presentation-of-no-use': {
    status: 409,
    zh: '这张证照现在不能使用，因此不能出示。请查看它的状态，或联系发证机关。',
    en: 'This certificate is of no use now, so it cannot be shown. See its state, or contact the authority.',
  },
  'presentation-field-unknown': {
    status: 400,
    zh: '所选内容中有这类证照没有的项目。请返回重新选择。',
    en: 'One of the fields chosen does not exist on this type of certificate. Go back and choose again.',
  },
  'presentation-unknown': {
    status: 410,
    zh: '这个二维码已扫过、已过期，或不是本系统的。请持证人换一个新的再扫。',
    en: 'This code was scanned before, has expired, or is not one of ours. Ask the holder for a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
