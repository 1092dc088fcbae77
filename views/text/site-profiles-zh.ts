/** The words of the ladder of what sites must do, in Chinese. */
export const siteProfilesZh = {
  title: '安全等级',
  lead: '每一级包括下面各级的要求。达不到所在等级的请求会被拒绝。',
  none: '这类系统不在网站的安全等级之内。',
  reason: '低于 FAPI 2.0 安全级的理由：{reason}',
  how: '要升到这一级：先在测试环境选这一级，做到以上要求并登录一次，检查通过后再申请正式上线。',
  names: {
    basic: '基本级（授权码、PKCE）',
    hardened: '加固级（再加推送授权请求）',
    'fapi2-security': 'FAPI 2.0 安全级',
    'fapi2-message-signing': 'FAPI 2.0 签名级',
  },
  places: { below: '已包括', here: '当前等级', next: '下一级', above: '更高等级' },
  demands: {
    code: '只用授权码，返回时核对 iss',
    challenge: 'PKCE，方法 S256',
    pushed: '授权请求先推送到 /par',
    key: '用自己的私钥证明身份（private_key_jwt，ES256、EdDSA 或 PS256）',
    audience: '身份断言的 aud 只写一号的地址（issuer）',
    dpop: '令牌用 DPoP 绑定密钥',
    refresh: '刷新令牌不轮换，丢失一次应答不会断开授权',
    signedRequest: '授权请求由网站签名（JAR）',
    signedResponse: '授权应答由一号签名（JARM），response_mode 为 jwt',
    signedIntrospection: '令牌查询的应答由一号签名',
    signedUserinfo: '用户信息由一号签名',
  },
};
