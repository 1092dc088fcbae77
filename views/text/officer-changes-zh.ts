/** The words of the forms that change an officer at work, in Chinese. */
export const officerChangesZh = {
  roles: {
    change: '调整岗位',
    title: '调整“{name}”的岗位',
    lead: '由另一名管理员审核，通过后立即生效。不能调整本人的岗位。',
  },
  passkey: {
    change: '补办通行密钥',
    title: '为“{name}”补办通行密钥',
    lead: '由另一名管理员审核；通过后在该工作人员页面生成只能用一次的链接，由本人在自己的设备上添加。',
    lost: '原有的已经遗失：审核通过后，原有通行密钥全部作废，正在使用的页面立即失效。',
  },
  account: {
    change: '关联本人账号',
    title: '关联“{name}”的个人账号',
    lead: '个人账号须实名等级不低于 3 级。关联后，个人账号注销或冻结，就不能再进入管理台。登录管理台仍用工作通行密钥。',
    number: '本人的证件号码',
    numberHint: '18 位，只用于查找账号，不会保存在事项里。这次查找会记入本人的用证记录。',
    tied: '已关联个人账号，通过后换成新的账号。',
  },
  passkeys: '通行密钥',
  count: '{count} 个',
  awaited: '{count} 个，另有一个待添加',
  accountIs: '个人账号',
  isTied: '已关联',
  notTied: '未关联',
  another: '添加一个',
  'in-place': '全部作废，重新添加',
};
