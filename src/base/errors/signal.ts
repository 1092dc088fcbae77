import type { ErrorEntry } from './entry.ts';

/** Refusals about what sites and departments are told of. */
export const signalErrors = {
  'signal-not-pushed': {
    status: 409,
    zh: '客户端 {clientId} 自己领取事件，不向它推送。请让它调用 /api/signals/poll。',
    en: 'The client {clientId} fetches its signals; none are sent to it. Have it call /api/signals/poll.',
  },
  'signal-not-polled': {
    status: 409,
    zh: '客户端 {clientId} 的事件推送到它登记的地址，不能领取。请由管理员改为领取方式。',
    en: 'Signals of the client {clientId} are sent to its address and cannot be fetched. Have an officer change that.',
  },
  'signal-client-unknown': {
    status: 404,
    zh: '没有登记名为 {clientId} 的网站或部门系统。请先登记，再为它订阅通知。',
    en: 'No site or department’s machine is registered as {clientId}. Register it first, then subscribe it.',
  },
  'signal-subscription-missing': {
    status: 404,
    zh: '{clientId} 还没有订阅通知。请先订阅。',
    en: '{clientId} has no subscription. Subscribe it first.',
  },
  'signal-address-refused': {
    status: 400,
    zh: '接收通知的地址不合要求，应为不含用户名和片段的 https 地址。请更正后重试。',
    en: 'The address to deliver to is not as expected: https, with no user name and no fragment. Correct it and try again.',
  },
  'signal-event-unknown': {
    status: 400,
    zh: '没有名为 {event} 的通知。可选：{known}。',
    en: 'There is nothing called {event} to tell of. Choose among: {known}.',
  },
  'signal-subscription-changed': {
    status: 409,
    zh: '这个订阅刚刚被别人改动。请查看后重试。',
    en: 'Someone else changed this subscription meanwhile. Look at it and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
