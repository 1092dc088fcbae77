/** The words of showing a certificate where there is no network, in Chinese. */
export const offlineZh = {
  choose: '窗口没有网络：显示离线二维码',
  chooseHint: '离线二维码不含照片，内容就在码里。窗口有网络时，请用上面的二维码。',
  title: '离线出示证照',
  heading: '请没有网络的窗口扫码：{type}',
  qrAlt: '离线出示证照的二维码',
  endedTitle: '这个二维码已过期',
  endedText: '它不再有效。还要出示的话，请点下面的按钮换一个。',
  lasts: '{minutes} 分钟内有效，在同一个窗口只能用一次。',
  shown: '二维码里有',
  always: '证照种类、发证机关、姓名（隐去姓）',
  readable: '拍到这个二维码的人都能读出以上内容。请只给您正在办事的窗口扫，不要截图，也不要发给别人。',
  recorded: '这次出示已记入“谁用了我的信息”。没有网络，所以记不到是哪个窗口。',
  renew: '换一个离线二维码',
  again: '重新选择内容，或改用联网二维码',
  done: '出示完毕',
};
