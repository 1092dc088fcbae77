/** The words of large type, where a page asks for one thing at a time, in Chinese. */
export const largeTypeZh = {
  signIn: {
    title: '您想怎样登录？',
    lead: '请选一种。不着急，选错了可以返回再选。',
    passkey: '用人脸、指纹或锁屏密码',
    passkeyHint: '在这台手机或电脑上设置过的，选这个。',
    password: '用密码',
    passwordHint: '要填证件号码和密码。',
    phone: '用手机号码',
    phoneHint: '我们把验证码发到您的手机。',
    qr: '用手机扫一扫',
    qrHint: '手机上已经登录一号的，选这个。',
    otherRegionHint: '账号在其他地区的，选这个。',
    recoveryHint: '忘了密码，或换了手机，选这个。',
    help: '不会操作？请带身份证到服务窗口，让工作人员帮您办，或拨打 {helpLine}。',
  },
  my: {
    all: '其他事项',
    allHint: '实名等级、登录方式、代办、登录记录等。',
    help: '想请人帮忙？可以让家人代办，或带身份证到服务窗口，也可拨打 {helpLine}。',
  },
};
