import { cityB } from './cities.ts';

/** The words of the terminal's screen, in both languages. */
export const terminalText = {
  zh: {
    html: 'zh-CN',
    other: 'en',
    otherName: 'English',
    place: cityB.terminal.zh,
    title: '自助办事',
    idle: '请用手机登录',
    start: '开始',
    scan: '请用手机扫码',
    scanLead:
      '扫码后，请核对手机上的代码和地点，再确认。没有扫码软件的，用手机浏览器打开下面的网址，输入代码。',
    alt: '登录二维码',
    address: '网址',
    code: '代码',
    again: '我已在手机上确认',
    lasts: '代码 10 分钟内有效。本页每 5 秒自动查看一次。',
    hello: '{name}，您好',
    helloLead: '如果这不是您的名字，请马上退出。',
    leave: '退出',
    endings: {
      refused: '手机上选择了“不是我”或没有同意，没有登录。',
      expired: '10 分钟内没有确认，没有登录。',
      failed: '暂时联系不上一号，没有登录。',
    },
    retry: '换一个代码',
    footer: '演示终端：机构和人员都是虚构的。',
  },
  en: {
    html: 'en',
    other: 'zh',
    otherName: '中文',
    place: cityB.terminal.en,
    title: 'Self-service',
    idle: 'Sign in with your phone',
    start: 'Start',
    scan: 'Scan with your phone',
    scanLead:
      'Then compare the code and the place on your phone, and confirm. Without a scanner, open the address below in the phone’s browser and enter the code.',
    alt: 'Sign-in code',
    address: 'Address',
    code: 'Code',
    again: 'I have confirmed on my phone',
    lasts: 'The code lasts 10 minutes. This page looks every 5 seconds by itself.',
    hello: 'Hello, {name}',
    helloLead: 'If this is not your name, leave at once.',
    leave: 'Leave',
    endings: {
      refused: 'The phone answered “Not me” or did not agree. Nobody was signed in.',
      expired: 'Nothing was confirmed within 10 minutes. Nobody was signed in.',
      failed: 'Yihao cannot be reached at the moment. Nobody was signed in.',
    },
    retry: 'New code',
    footer: 'A demo: authorities and people are invented.',
  },
} as const;
