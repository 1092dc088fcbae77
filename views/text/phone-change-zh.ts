/** The words of changing an account's telephone, in Chinese. */
export const phoneChangeZh = {
  title: '手机号码',
  link: '查看或更换手机号码',
  present: '您账号的手机号码：{phone}',
  none: '您的账号还没有手机号码。',
  counter: '本地没有开通网上更换。请携带身份证到服务窗口办理。',
  change: '更换手机号码',
  news: {
    changed: '手机号码已更换。以后的验证码和提醒都发到新号码。',
    stopped: '更换已停止，手机号码不变。如果不是您申请的，请到“登录方式”里移除不认识的登录凭据。',
  },
  waiting: {
    title: '是您申请更换手机号码吗？',
    text: '有人在 {asked} 用登录凭据申请把手机号码换成 {phone}，将于 {due} 生效。是您本人的，不用做什么；不是的，请马上停止。',
    stop: '停止更换',
  },
  form: {
    title: '更换手机号码',
    lead: '先填新号码，我们会给它发验证码。只有新手机的验证码不能更换，还要再证明一次是您本人。',
    phone: '新手机号码',
    phoneHint: '11 位大陆手机号码，现在要能收到短信。',
    withOld: '原手机（{phone}）还能收短信的：用两部手机的验证码，马上生效。',
    withOldButton: '用原手机验证',
    withPasskey:
      '原手机不在了的：用人脸、指纹或锁屏密码确认，等 {hours} 小时后生效。期间会提醒您，您登录后随时可以停止。',
    withPasskeyButton: '原手机收不到短信',
    noPasskey: '原手机不在了的：请先在“登录方式”里添加人脸、指纹登录，或携带身份证到服务窗口办理。',
    cancel: '不更换，返回',
  },
  proof: {
    title: '确认更换',
    lead: '两部手机都收到了 6 位验证码，5 分钟内有效。请分别填写。',
    passkeyLead: '新手机收到了 6 位验证码，5 分钟内有效。填好后点按钮，照提示确认是您本人。',
    oldCode: '原手机 {phone} 收到的验证码',
    newCode: '新手机 {phone} 收到的验证码',
    button: '更换',
    passkeyButton: '确认是我，申请更换',
    failed: '可能是您取消了、等待超时，或者这台设备上没有您的登录凭据。请再点一次按钮，或换一台用过的设备。',
    noScript: '您的浏览器没有开启 JavaScript，不能用人脸、指纹确认。请返回改用原手机验证，或到服务窗口办理。',
    again: '没收到，或号码填错了：重新填写',
  },
};
