/** The words of signing in by another region, in Chinese. */
export const otherRegionZh = {
  link: '外地用户登录',
  title: '选择您的归属地',
  lead: '如果您的账号在其他地区，请选择那个地区：您会到归属地的系统登录，登录后自动回到这里。',
  privacy: '不需要在这里填写证件号码。归属地会告诉您哪些信息将提供给“{site}”，由您决定是否同意。',
  search: '查找地区或扫码',
  searchHint: '输入地区名称或行政区划代码，或扫描归属地个人空间里的跨区域登录码；不要输入证件号码',
  searchButton: '查找',
  regions: '可以登录的地区',
  last: '上次选择',
  more: '地区较多，只显示了一部分。请输入名称查找。',
  nothingFound: '没有找到“{query}”。请换一个名称，或返回查看全部地区。',
  showAll: '查看全部地区',
  none: '目前没有其他地区可以登录“{site}”。请用其他方式登录，或到服务窗口办理。',
  closed: {
    agreement_suspended:
      '与{region}的登录互认已暂停，那里的用户暂时不能在这里登录。恢复后可再试；请先用其他方式登录，或到服务窗口办理。',
    agreement_terminated:
      '与{region}的登录互认已终止，那里的用户不能再从这里登录。请用其他方式登录，或到服务窗口办理。',
    agreement_expired:
      '与{region}的登录互认已到期，那里的用户不能再从这里登录。请用其他方式登录，或到服务窗口办理。',
    agreement_status_stale:
      '暂时联系不上{region}的系统，那里的用户暂时不能在这里登录。请稍后再试，或用其他方式登录。',
  },
  raise: '到归属地提升等级',
  otherWays: '用其他方式登录',
  doneTitle: '已通过{region}登录',
  doneText: '正在返回“{site}”。如果没有自动跳转，请点下面的按钮。',
  goOn: '继续',
  guest: '外地用户',
};
