import { abuseZh } from './abuse-zh.ts';
import { apiZh } from './api-zh.ts';
import { authenticatorsZh } from './authenticators-zh.ts';
import { certificateUsesZh } from './certificate-uses-zh.ts';
import { clerkRequestsZh } from './clerk-requests-zh.ts';
import { consoleZh } from './console-zh.ts';
import { counterCheckZh } from './counter-check-zh.ts';
import { counterMandatesZh } from './counter-mandates-zh.ts';
import { deviceZh } from './device-zh.ts';
import { doctorZh } from './doctor-zh.ts';
import { frameworksZh } from './frameworks-zh.ts';
import { largeTypeZh } from './large-type-zh.ts';
import { mandatesZh } from './mandates-zh.ts';
import { mappingsZh } from './mappings-zh.ts';
import { miniProgramZh } from './mini-program-zh.ts';
import { myZh } from './my-zh.ts';
import { netIdZh } from './net-id-zh.ts';
import { officerChangesZh } from './officer-changes-zh.ts';
import { officersCertificatesZh } from './officers-certificates-zh.ts';
import { onboardingZh } from './onboarding-zh.ts';
import { otherRegionZh } from './other-region-zh.ts';
import { phoneChangeZh } from './phone-change-zh.ts';
import { placesZh } from './places-zh.ts';
import { portalZh } from './portal-zh.ts';
import { proposalHistoryZh } from './proposal-history-zh.ts';
import { qrZh } from './qr-zh.ts';
import { recognitionZh } from './recognition-zh.ts';
import { recoveryZh } from './recovery-zh.ts';
import { regionLinksZh } from './region-links-zh.ts';
import { regionObjectionsZh } from './region-objections-zh.ts';
import { registrationZh } from './registration-zh.ts';
import { simulatorZh } from './simulator-zh.ts';
import { siteHealthZh } from './site-health-zh.ts';
import { siteMembersZh } from './site-members-zh.ts';
import { siteProfilesZh } from './site-profiles-zh.ts';
import { supervisionZh } from './supervision-zh.ts';
import { verifyFileZh } from './verify-file-zh.ts';
import { walletZh } from './wallet-zh.ts';

/** Every word of the pages in Chinese. `{name}` is filled by `fill`; `Text` is the shape the other language must match. */
export const zh = {
  htmlLanguage: 'zh-CN',
  product: '一号',
  layout: {
    skip: '跳到正文',
    preferences: '语言与字号',
    otherLanguage: 'English',
    largeType: '大字版',
    normalType: '标准字号',
    signingIn: '您正在登录：',
    back: '返回{site}',
    thatSite: '该网站',
    helpLine: '服务热线：',
    advice: '密码和验证码请勿告诉任何人，工作人员也不会向您索要。',
    errorPrefix: '错误：',
    errorSummary: '请更正以下问题',
  },
  signIn: {
    title: '登录',
    lead: '点一下按钮，照手机或电脑的提示确认是您本人。',
    button: '用人脸、指纹或锁屏密码登录',
    privacy: '人脸和指纹只在您的设备上核对，不会传给我们，也不会传给网站。',
    usePassword: '用密码登录',
    noScript: '您的浏览器没有开启 JavaScript，不能用人脸、指纹登录。请用密码登录。',
    failedTitle: '这次没有登录成功',
    failedText: '可能是您取消了、等待超时，或者这台设备上还没有您的登录凭据。您可以：',
    failedRetry: '再点一次按钮重试；',
    failedOther: '改用密码登录；',
    failedCounter: '仍不行，请携带身份证到服务窗口办理，或拨打 {helpLine}。',
  },
  password: {
    title: '用密码登录',
    number: '证件号码',
    numberHint: '居民身份证填 18 位号码，最后一位可以是 X。其他证件照证件上的号码填写。',
    password: '密码',
    button: '登录',
    usePasskey: '用人脸、指纹或锁屏密码登录',
    forgotten: '忘记密码？请携带身份证到服务窗口重设，或拨打 {helpLine}。',
  },
  paused: {
    title: '现在不能用密码登录',
    counter: '不是您本人操作的？请拨打 {helpLine}。',
    otherNumber: '换一个证件号码',
  },
  offer: {
    title: '下次用人脸、指纹登录？',
    what: '添加后，在这台设备上用人脸、指纹或锁屏密码就能登录，不用再输密码。',
    privacy: '人脸和指纹只留在您的设备里，我们收不到。',
    device: '设备名称',
    deviceHint: '方便您以后认出它，可以不改。',
    devicePreset: '我的设备',
    shared: '这台设备是与别人共用的？请选“以后再说”。',
    add: '添加',
    later: '以后再说',
    noScript: '您的浏览器没有开启 JavaScript，现在不能添加。请选“以后再说”。',
    failedTitle: '这次没有添加成功',
    failedText:
      '可能是您取消了、等待超时，或者这台设备不支持。您可以再点一次“添加”，或选“以后再说”，不影响这次登录。',
    duplicateTitle: '这台设备已经添加过',
    duplicateText: '无需重复添加。请选“以后再说”继续。',
  },
  consent: {
    title: '在{site}使用以下信息',
    you: '您的身份：{name}',
    switch: '不是您本人吗？换人登录',
    department: '主办单位',
    purpose: '用途',
    items: '将提供的信息',
    value: '您的信息：',
    ending: '不同意也可以：我们不会提供任何信息，您会回到该网站。',
    agree: '同意并继续',
    refuse: '不同意',
  },
  certificateUses: certificateUsesZh,
  mandates: mandatesZh,
  largeType: largeTypeZh,
  wallet: walletZh,
  otherRegion: otherRegionZh,
  phoneChange: phoneChangeZh,
  regionLinks: regionLinksZh,
  miniProgram: miniProgramZh,
  signOut: {
    title: '退出登录？',
    text: '退出后，在这个浏览器里再登录任何政务网站，都需要重新确认是您本人。',
    shared: '如果在用公用电脑，请务必退出。',
    yes: '退出登录',
    no: '保持登录',
    doneTitle: '您已退出登录',
    doneText: '可以放心关闭这个页面。',
  },
  error: {
    titleMissing: '没有找到这个页面',
    titleExpired: '这个页面已失效',
    titleWait: '请稍后再试',
    titleBroken: '系统暂时出错',
    titleOther: '现在不能继续',
    help: '需要帮助时，请拨打 {helpLine}，并报上追踪码。',
    trace: '追踪码',
    code: '错误代码',
    restart: '回到{site}重新开始',
    home: '回到首页',
  },
  home: {
    title: '一个号码，登录各政务网站',
    lead: '用居民身份证号码登录{region}的政务网站，只需一个账号。',
    start: '办事时，请从您要用的网站点“登录”，会来到这里确认身份。',
    links: '常用入口',
    my: '我的一号',
  },
  places: placesZh,
  proposalHistory: proposalHistoryZh,
  portal: portalZh,
  my: myZh,
  registration: registrationZh,
  authenticators: authenticatorsZh,
  recovery: recoveryZh,
  counterCheck: counterCheckZh,
  counterMandates: counterMandatesZh,
  console: consoleZh,
  officersCertificates: officersCertificatesZh,
  recognition: recognitionZh,
  regionObjections: regionObjectionsZh,
  frameworks: frameworksZh,
  mappings: mappingsZh,
  siteProfiles: siteProfilesZh,
  siteHealth: siteHealthZh,
  siteMembers: siteMembersZh,
  supervision: supervisionZh,
  verify: {
    title: '核验证照真伪',
    lead: '输入证照上的“电子证照标识”，看它是不是真的、现在有没有效。',
    identifier: '电子证照标识',
    identifierHint: '以 1.2.156.3005.2 开头，请从证照上完整复制。',
    ask: '核验',
    scope: '这里只回答真伪和效力，不显示任何人的信息。',
    genuine: '真实有效',
    genuineText: '由发证机关签发，现在有效。',
    ended: '已经失效',
    endedText: '确由发证机关签发，但已于 {date} 失效，不能使用。',
    notInForce: '现在不能使用',
    notInForceText: '确由发证机关签发，但目前不在有效状态（暂扣、未到生效日期或已过期）。',
    notGenuine: '核验不通过',
    notGenuineText: '内容与签发时不一致，请勿采信。',
    unknown: '没有这张证照',
    unknownText: '本地区没有签发过这个标识的证照。请核对标识，或联系发证机关。',
    scannedTitle: '扫码核验结果',
    scannedOnce:
      '这个二维码只能扫一次，现在已作废。窗口工作人员请用本单位的系统扫码，才能看到持证人出示的内容。',
    askByIdentifier: '按标识核验',
  },
  verifyFile: verifyFileZh,
  clerkRequests: clerkRequestsZh,
  device: deviceZh,
  officerChanges: officerChangesZh,
  onboarding: onboardingZh,
  doctor: doctorZh,
  simulator: simulatorZh,
  qr: qrZh,
  netId: netIdZh,
  abuse: abuseZh,
  api: apiZh,
  claims: {
    openid: {
      label: '在该网站的专用标识',
      detail: '让该网站认出您的一串编码，只给这一个网站，其他网站看不到。',
    },
    name: { label: '姓名', detail: '用于确认办事人，并填写到表格中。' },
    birthdate: { label: '出生日期', detail: '用于核对年龄条件。' },
    gender: { label: '性别', detail: '用于填写表格。' },
    phone_number: { label: '手机号码', detail: '用于通知您办事进度。' },
    sign_in_methods: {
      label: '登录方式的变动',
      detail:
        '您添加或移除登录方式、改密码、换手机号或提升实名等级时，该网站会得到通知，不含内容，以便保护您在那里的会话。',
    },
    id_number: { label: '证件号码', detail: '用于法律规定必须核对证件的事项。' },
    organisation: {
      label: '您代表的单位',
      detail: '仅在您代表单位办理时提供：单位名称、统一社会信用代码和您在单位的角色。',
    },
    assurance_level: { label: '实名等级', detail: '说明您的身份核验到哪一级，不含您的个人资料。' },
    verified_claims: {
      label: '身份核验情况',
      detail: '说明以上信息核验到哪一级、用什么方式、在什么时间核验，不含核验材料。',
    },
    own_data: { label: '您自己的全部数据', detail: '由您本人下载。' },
    offline_access: { label: '您离开后继续使用', detail: '您不在网站上时，该网站也能更新以上信息。' },
    other: { label: '其他信息（{claim}）', detail: '由该网站提出，用于办理您申请的事项。' },
  },
};

export type Text = typeof zh;
