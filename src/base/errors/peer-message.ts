import type { ErrorEntry } from './entry.ts';

/** Refusals of messages between regions, and of calls to them. */
export const peerMessageErrors = {
  'region-unreachable': {
    status: 503,
    zh: '对方地区系统暂不可用。请稍后再试，或改用二维码、纸质材料办理；这不表示没有该证照。',
    en: 'The system of the other region cannot be reached now. Try again later, or use the QR code or paper; it does not mean that there is no certificate.',
  },
  'region-timeout': {
    status: 504,
    zh: '对方地区系统暂不可用，未在规定时间内答复。请稍后再试，或改用二维码、纸质材料办理；这不表示没有该证照。',
    en: 'The system of the other region cannot be reached now: it did not answer in time. Try again later, or use the QR code or paper; it does not mean that there is no certificate.',
  },
  'peer-answer-invalid': {
    status: 502,
    zh: '对方地区的答复不可信（{fault}），已拒绝。请管理员用 yihao doctor peer 检查对方系统。',
    en: 'The answer of the other region cannot be trusted ({fault}) and was refused. Have an operator check it with yihao doctor peer.',
  },
  'peer-refused': {
    status: 502,
    zh: '对方地区拒绝了请求（{code}）。请管理员用 yihao doctor peer 检查，并与对方管理员核对。',
    en: 'The other region refused the request ({code}). Have an operator check with yihao doctor peer and talk to their operator.',
  },
  'peer-message-invalid': {
    status: 400,
    zh: '对方地区的消息不合规定（{fault}），未予处理。请对方按接口说明重新发送。',
    en: 'The message of the other region is not as it must be ({fault}) and was not handled. Send it again in the form the interface describes.',
  },
  'peer-message-late': {
    status: 401,
    zh: '消息的时间与本系统时钟相差超过一分钟，未予处理。请双方校准时钟后重新发送。',
    en: 'The message was said more than a minute away from the clock here and was not handled. Set both clocks right and send a new one.',
  },
  'peer-message-replayed': {
    status: 400,
    zh: '这条消息已经收到过，未再处理。如需重发，请重新签发一条新的消息。',
    en: 'This message was received before and was not handled again. To send it again, sign a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
