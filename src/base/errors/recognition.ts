import type { ErrorEntry } from './entry.ts';

/** Refusals about recognition between regions: agreements, their events, and the peers they are made with. */
export const recognitionErrors = {
  'agreement-document-invalid': {
    status: 422,
    zh: '互认协议文本在“{place}”处不合规定。请更正该处后重新提交。',
    en: 'The text of the agreement is not valid at “{place}”. Correct it there and submit it again.',
  },
  'agreement-missing': {
    status: 404,
    zh: '没有这份互认协议或这个版本。请在协议列表中核对编号和版本。',
    en: 'There is no such agreement, or no such version of it. Check the number and the version in the list of agreements.',
  },
  'agreement-act-not-possible': {
    status: 409,
    zh: '协议目前的状态是“{state}”，不能进行此操作。请刷新页面，查看最新状态。',
    en: 'The agreement is “{state}” now, and this cannot be done with it. Reload the page to see how it stands.',
  },
  'agreement-digest-differs': {
    status: 409,
    zh: '您看到的协议文本与系统保存的不一致，没有签署。请重新打开协议，核对摘要后再签。',
    en: 'The text you saw is not the one that is stored, and nothing was signed. Open the agreement again, compare the digest, then sign.',
  },
  'agreement-conflict': {
    status: 409,
    zh: '对方送来的协议文本、签名或事件与本地保存的不一致，未予接受。请双方管理员核对摘要与事件链。',
    en: 'The text, a signature or the events that the other region sent contradict those stored here, and were not taken. Both sides should compare digests and chains of events.',
  },
  'agreement-signature-invalid': {
    status: 401,
    zh: '协议或事件的签名无法用已核对的密钥验证，未予接受。请与对方核对协议密钥指纹。',
    en: 'A signature of the agreement or of an event does not verify by the key that was compared, and was not taken. Compare the fingerprint of the agreement key with the other region.',
  },
  'agreement-event-invalid': {
    status: 422,
    zh: '对方的协议事件不合规定（{fault}），未予接受。请对方重新发送完整的事件链。',
    en: 'An event of the other region is not valid ({fault}) and was not taken. Ask them to send their whole chain of events again.',
  },
  'agreement-changed': {
    status: 409,
    zh: '协议刚刚被他人更改，本次操作未保存。请刷新页面后重试。',
    en: 'The agreement was changed by someone else just now, and nothing was saved. Reload the page and try again.',
  },
  'officer-must-differ': {
    status: 403,
    zh: '这项操作须由另一名工作人员完成：起草人不得签署，须由两人操作的事项不得由一人代行。请交由同事办理。',
    en: 'Another officer has to do this: who drafted does not sign, and what takes two is not done by one. Ask a colleague.',
  },
  'peer-not-trusted': {
    status: 403,
    zh: '对方地区尚未登记，或其协议密钥尚未由两名工作人员核对。请先完成密钥指纹核对。',
    en: 'The other region is not registered, or two officers have not yet compared its agreement key. Compare the fingerprint first.',
  },
  'peer-thumbprint-differs': {
    status: 409,
    zh: '您输入的指纹与登记的协议密钥不符，没有确认。请通过电话或当面再次核对，切勿强行通过。',
    en: 'The fingerprint given is not that of the registered agreement key, and nothing was confirmed. Compare it again by telephone or in person; do not force it.',
  },
  'peer-missing': {
    status: 404,
    zh: '没有登记过这个地区。请回到对方地区列表重新选择。',
    en: 'No such region is registered. Go back to the list of regions and choose again.',
  },
  'peer-changed': {
    status: 409,
    zh: '对方地区的登记已存在或刚刚被更改，本次操作未保存。请刷新页面后重试。',
    en: 'The other region is registered already or was changed just now, and nothing was saved. Reload the page and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
