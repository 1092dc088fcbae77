/** The words of frameworks that many regions join, as officers read them, in Chinese. */
export const frameworksZh = {
  members: '成员',
  membersLead:
    '以运营方签名的成员名单为准，每 30 秒更新一次。名单超过 2 分钟未更新，成员之间的登录和核验都会暂停。',
  noMembers: '还没有地区加入。',
  member: '{name}（{region}）：{state}',
  widening: '成员之间另有协议的，可以超出本框架',
  narrowing: '成员之间另有协议的，只能比本框架更严',
  accede: '起草加入文件',
  title: '加入{name}的框架协议',
  lead: '逐条选择本地区提供什么、接受什么，并写明保留。保存后只是草稿：由另一名工作人员签署，再由运营方签署，才算加入。',
  trust:
    '加入即相信运营方为其他成员的服务器和密钥作保，不再与每个成员分别核对指纹。您仍可随时封禁某一成员，或中止、终止本地区的加入。',
  effect:
    '两个成员之间实际有效的，是框架、一方提供和另一方接受三者共有的部分，再减去双方的保留；其中最严的为准。',
  basics: '本方与期限',
  rule: '条款 {n}：{title}',
  offer: '提供：本地区为自己的居民或证照担保，其他成员可以采信',
  accept: '接受：本地区采信其他成员的结果',
  reserveLead: '保留对提供和接受都有效。不保留的留空。',
  signInReservations: '登录的保留',
  purposes: { label: '不用于这些目的', hint: '目的代码，用空格隔开；须是上面条款中列出的。' },
  claims: { label: '不提供也不接受这些信息', hint: '例如 phone_number，用空格隔开。' },
  fields: { label: '不提供也不接受这些字段', hint: '字段名，用空格隔开；须是上面条款中列出的。' },
  save: '保存草稿',
  notPossible: '这份框架协议现在不能加入：已经失效，或本地区就是运营方。',
};
