import type { ErrorEntry } from './entry.ts';

/** Refusals about codes that a counter checks without a network. */
export const offlineErrors = {
  'offline-too-long': {
    status: 409,
    zh: '勾选的内容太多，一个二维码放不下。请少选几项；窗口有网络时，请改用联网二维码。',
    en: 'What you ticked does not fit into one code. Tick less; where the counter has a network, use the online code.',
  },
  'offline-online-code': {
    status: 400,
    zh: '这是联网二维码，没有网络时无法核验。请持证人返回，选择“窗口没有网络”。',
    en: 'This is the online code, which cannot be checked without a network. Ask the holder to go back and choose the code for a counter without one.',
  },
  'offline-key-unknown': {
    status: 400,
    zh: '签名所用的密钥不在本机存下的密钥里：可能是伪造，也可能是本机太久没有更新。请联网更新后重试，此前不要采信。',
    en: 'The key that signed is not among those kept here: a forgery, or this machine was not updated for long. Update it and try again; do not rely on the code before.',
  },
  'offline-used': {
    status: 409,
    zh: '这个二维码在本机已经用过。请持证人换一个新的。',
    en: 'This code was used at this machine before. Ask the holder for a new one.',
  },
  'offline-knowledge-missing': {
    status: 503,
    zh: '本机还没有存下签发地区的密钥或证照状态列表，无法判断。请联网更新后重试。',
    en: 'The keys or the list of statuses of the region that issued it are not kept here, so nothing can be said. Update this machine and try again.',
  },
  'offline-knowledge-too-old': {
    status: 503,
    zh: '本机存下的密钥和状态列表已超过 {hours} 小时，或本机时钟被拨动过，无法判断。请核对时钟，联网更新后重试。',
    en: 'The keys and lists kept here are more than {hours} hours old, or the clock was moved, so nothing can be said. Check the clock, update this machine and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
