import type { ErrorEntry } from './entry.ts';

/** Refusals about credentials: certificates in the form that wallets and other regions check. */
export const credentialErrors = {
  'credential-of-no-use': {
    status: 409,
    zh: '这张证照现在不是有效状态，不能生成可验证凭证。请查看它的状态，或联系发证机关。',
    en: 'This certificate is not valid now, so no credential is made of it. See its state, or contact the authority.',
  },
  'credential-holder-key': {
    status: 400,
    zh: '持有人公钥不合要求：须为 P-256 曲线的公钥，且不得含私钥。请更换后重试。',
    en: 'The holder’s key must be a public key on P-256, without its private part. Give another and try again.',
  },
  'credential-disclosure-unknown': {
    status: 400,
    zh: '所选内容中有这份凭证没有的项目。请返回重新选择。',
    en: 'One of the items chosen is not in this credential. Go back and choose again.',
  },
  'credential-malformed': {
    status: 400,
    zh: '这不是本系统认识的电子证照凭证。请让持证人重新出示。',
    en: 'This is no certificate credential of a form known here. Ask the holder to present it again.',
  },
  'credential-issuer-unknown': {
    status: 400,
    zh: '不认识签发这份凭证的地区。请核对来源，或改用其他方式查验。',
    en: 'The region that issued this credential is not known here. Check where it comes from, or verify another way.',
  },
  'credential-type-not-accepted': {
    status: 400,
    zh: '这里不接受这一类证照的凭证。请让持证人出示所要求的证照。',
    en: 'A credential of this type is not accepted here. Ask the holder for the certificate that is required.',
  },
  'credential-signature': {
    status: 400,
    zh: '凭证的签名不成立：内容被改动过，或不是所称地区签发的。请不要采信，并让持证人重新出示。',
    en: 'The credential’s signature does not hold: it was altered, or another signed it. Do not rely on it; ask for it again.',
  },
  'credential-expired': {
    status: 400,
    zh: '凭证已过有效期。请让持证人更新后重新出示。',
    en: 'The credential has expired. Ask the holder to renew it and present it again.',
  },
  'credential-not-yet-valid': {
    status: 400,
    zh: '凭证尚未生效，或两边时钟不一致。请核对时间后重试。',
    en: 'The credential is not valid yet, or the clocks disagree. Check the time and try again.',
  },
  'credential-holder-proof-missing': {
    status: 400,
    zh: '这份凭证只能由持有人当场证明后使用，但没有附上持有人证明。请让持证人用自己的设备重新出示。',
    en: 'This credential needs its holder’s proof, and none came with it. Ask the holder to present it from their device.',
  },
  'credential-holder-proof': {
    status: 400,
    zh: '持有人证明不成立：不是向本处、为这一次或在刚才作出的。请让持证人重新出示。',
    en: 'The holder’s proof does not hold: it was not made for us, for this request, or just now. Ask for it again.',
  },
  'credential-ended': {
    status: 409,
    zh: '这张证照已被发证机关终止，不能再用。请持证人联系发证机关。',
    en: 'The authority has ended this certificate; it is of no more use. The holder may contact the authority.',
  },
  'credential-suspended': {
    status: 409,
    zh: '这张证照已被暂扣或冻结，现在不能使用。请持证人联系发证机关。',
    en: 'This certificate is suspended and of no use now. The holder may contact the authority.',
  },
  'credential-status-unavailable': {
    status: 503,
    zh: '暂时查不到这张证照的状态。请稍后重试。',
    en: 'The status of this certificate cannot be had at the moment. Try again later.',
  },
  'credential-status-list-invalid': {
    status: 502,
    zh: '签发地区给出的证照状态列表不可信或已过期。请稍后重试；若仍如此，请联系该地区。',
    en: 'The list of statuses of the issuing region is not genuine or out of date. Try again later, then contact the region.',
  },
  'credential-list-unknown': {
    status: 404,
    zh: '没有这个证照状态列表。请核对地址。',
    en: 'There is no such list of statuses. Check the address.',
  },
  'credential-list-busy': {
    status: 503,
    zh: '证照状态列表正在被多处更新，这次没有写入。请稍后重试。',
    en: 'The list of statuses is being written from many sides and this change did not get in. Try again later.',
  },
} as const satisfies Record<string, ErrorEntry>;
