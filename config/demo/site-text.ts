export type SiteLanguage = 'zh' | 'en';

/** The words of the demo sites in Chinese; `{name}` is filled with the site's name. */
const zh = {
  html: 'zh-CN',
  other: { language: 'en', html: 'en', label: 'English' },
  footer: '演示网站：机构、人员和证件号码都是虚构的，请勿填写真实信息。',
  welcome: {
    title: '首页',
    heading: '{name}网上办事',
    lead: '登录后可以查询和办理{name}业务。',
    signIn: '使用一号登录',
    forOrganisation: '代表单位登录',
    why: '为什么要登录',
    promise: '本站不保存您的密码，也看不到您在其他网站办了什么。',
  },
  home: {
    title: '我的首页',
    hello: '您好',
    comma: '，',
    known: '本站知道您的这些信息',
    name: '姓名',
    phone: '手机号码',
    organisation: '代表单位',
    subject: '本站识别码',
    subjectHint: '只在本站使用，其他网站得到的是另一个码。',
    signedInAt: '登录时间',
    zone: '（北京时间）',
    level: '实名等级',
    levels: ['第一级', '第二级', '第三级', '第四级'],
    absent: '未提供',
    signOut: '退出登录',
  },
  certificates: {
    choose: '带上证照办理',
    chooseHint: '不用交复印件：您在一号同意之后，本站向一号读取办理所需的几项。',
    withOne: '带上{name}登录',
    look: '查看您提供的{name}',
    title: '您提供的{name}',
    lead: '以下是本站刚刚从一号读到的内容，每次查看都重新读取，本站不留存。',
    issuer: '发证机关',
    withdraw: '您可以随时在一号的“用证授权”里撤回，撤回后本站就读不到了。',
    again: '再读一次',
    back: '回到首页',
  },
  signedOut: {
    title: '已退出',
    heading: '您已退出',
    text: '本站已不再记得您。用公用电脑的，请同时关闭浏览器。',
    back: '回到首页',
  },
  problem: { code: '错误代码：', again: '重新开始' },
};

export type SiteText = typeof zh;

const en: SiteText = {
  html: 'en',
  other: { language: 'zh', html: 'zh-CN', label: '中文' },
  footer: 'Demo site: departments, people and ID numbers are invented. Do not enter real information.',
  welcome: {
    title: 'Home',
    heading: '{name} online',
    lead: 'Sign in to see and do your {name} business.',
    signIn: 'Sign in with Yihao',
    forOrganisation: 'Sign in for an organisation',
    why: 'Why sign in',
    promise: 'This site keeps no password of yours and does not see what you do at other sites.',
  },
  home: {
    title: 'My home page',
    hello: 'Hello',
    comma: ', ',
    known: 'What this site knows about you',
    name: 'Name',
    phone: 'Mobile number',
    organisation: 'Acting for',
    subject: 'Your code at this site',
    subjectHint: 'Used at this site only; every other site gets another code.',
    signedInAt: 'Signed in at',
    zone: ' (Beijing time)',
    level: 'Level of identity check',
    levels: ['Level 1', 'Level 2', 'Level 3', 'Level 4'],
    absent: 'Not given',
    signOut: 'Sign out',
  },
  certificates: {
    choose: 'Bring a certificate along',
    chooseHint: 'No paper copy: once you agree at Yihao, this site reads there the few items it needs.',
    withOne: 'Sign in with your {name}',
    look: 'See the {name} you gave',
    title: 'Your {name}',
    lead: 'This is what the site has just read at Yihao. It reads anew each time and keeps none of it.',
    issuer: 'Issued by',
    withdraw:
      'You can take this back at any time at Yihao, under use authorisations; then this site can read it no more.',
    again: 'Read it again',
    back: 'Back to the home page',
  },
  signedOut: {
    title: 'Signed out',
    heading: 'You are signed out',
    text: 'This site no longer knows you. On a shared computer, close the browser too.',
    back: 'Back to the home page',
  },
  problem: { code: 'Error code: ', again: 'Start again' },
};

/** Returns the words of a language. */
export const siteText = (language: SiteLanguage): SiteText => (language === 'en' ? en : zh);

/** Says an `acr` of Yihao's as a level; nothing for one we do not know. */
export const levelText = (text: SiteText, acr: string): string => {
  const level = /^urn:yihao:loa:([1-4])$/.exec(acr)?.[1];
  return (level === undefined ? undefined : text.home.levels[Number(level) - 1]) ?? '';
};
