/** The words of signing in at a kiosk by one's own phone, in Chinese. */
export const deviceZh = {
  enter: {
    title: '在自助终端上登录',
    lead: '请输入自助终端屏幕上的 8 个字母。只有您就站在那台终端前、是您自己在办事，才可以输入。',
    code: '屏幕上的代码',
    codeHint: '例如 BCDF-GHJK，大小写都可以，横线可以不输。',
    button: '继续',
    faults: {
      unknown:
        '这个代码现在不能用：可能输错了、已经用过，或者超过了 10 分钟。请对照屏幕再输一次，或在终端上换一个代码。',
      over: '这一步已经过期，终端上没有登录。请对照屏幕重新输入代码；代码不能用时，请在终端上换一个。',
      limit: '试的次数太多了。请在 {waitMinutes} 分钟后再试，或请窗口工作人员帮忙。',
    },
  },
  confirm: {
    title: '您要在这台自助终端上登录吗？',
    lead: '请核对下面的代码和地点。和您面前的屏幕一样，才可以继续。',
    code: '屏幕上应显示的代码',
    place: '终端所在地点',
    site: '要登录的服务',
    department: '主管部门',
    purpose: '用途',
    warning: '代码或链接是别人发来的，或者您不在这个地点，请选“不是我”。',
    yes: '代码一致，继续登录',
    no: '不是我',
  },
  done: {
    title: '已确认',
    lead: '请看终端的屏幕，“{site}”正在登录。这部手机上不用再做什么。',
    leave: '办完事请在终端上退出。',
  },
  refused: {
    title: '没有登录',
    lead: '终端没有得到您的任何信息，这个代码已作废。如果是点错了，请在终端上换一个代码。',
    help: '如果是别人让您扫的码，请不要再扫。有疑问请拨打 {helpLine}。',
  },
};
