/** The words of puzzles, and of what officers see of attacks, in Chinese. */
export const abuseZh = {
  puzzle: {
    wait: '安全检查：近来有人反复输错。您的浏览器没有开启脚本，请填好后等 {waitSeconds} 秒再提交；也可以返回，换一种方式。',
    waited: '安全检查：您等待的时间已经够了，请填好后提交。',
    solving: '安全检查：正在自动进行，一般需要几秒。您可以继续填写，不用做别的。',
    solved: '安全检查：已完成。',
  },
  signals: {
    title: '异常信号',
    lead: '最近的在前面。只有编号和打码的网络，没有个人信息。',
    limits:
      '同一来源、同一密码、同一账号的信号一天只记一次。“异地登录”只在本地区配置了网络地点表时判断；地点由网络推算，可能不准，所以不锁定账号，只通知本人。',
    type: '种类',
    all: '全部攻击信号',
    from: '从哪一天',
    to: '到哪一天',
    dayHint: '例如 2026-11-24。',
    dayWrong: '日期应写成 2026-11-24 这样。',
    search: '筛选',
    results: '信号',
    none: '没有符合条件的信号。',
    account: '账号 {account}',
    network: '网络 {network}',
    accounts: '{accounts} 个不同的证件号码',
    travel: '区划 {from} 至 {to}，相距 {kilometres} 公里，相隔 {minutes} 分钟',
    noRegion: '无代码',
    types: {
      'abuse.password-spray': '密码喷洒',
      'abuse.account-guessed': '反复猜测一个账号的密码',
      'abuse.origin-limited': '一个网络的尝试超过上限',
      'abuse.impossible-travel': '异地登录：来不及到达',
      'device.first-seen': '新设备登录',
      'passkey.clone-suspected': '通行密钥疑似被复制',
    },
    by: { network: '来自同一网络', password: '用同一个密码' },
  },
};
