import type { ErrorEntry } from './entry.ts';

/** Refusals to who answers a clerk's question on their own pages. */
export const clerkRequestErrors = {
  'clerk-request-over': {
    status: 410,
    zh: '这个请求已经没有了：超过 5 分钟，或者已经回答过。窗口没有得到新的信息。如还在办理，请窗口工作人员重新发起。',
    en: 'This request is gone: it is over 5 minutes old or was answered. The counter was told nothing new. If you are still being served, ask the clerk to send it again.',
  },
  'clerk-request-unproven': {
    status: 400,
    zh: '没有收到人脸、指纹或锁屏密码的确认，窗口没有得到任何信息。请开启浏览器的 JavaScript 后再试，或选择拒绝。',
    en: 'No confirmation by face, fingerprint or screen lock came, and the counter was told nothing. Turn JavaScript on in this browser and try again, or refuse.',
  },
} as const satisfies Record<string, ErrorEntry>;
