import type { ErrorEntry } from './entry.ts';

/** Refusals about what a citizen allowed, who read what, and what the citizen says to it. */
export const consentErrors = {
  'consent-field-invalid': {
    status: 400,
    zh: '所提交的 {field} 不合要求（应为 {expected}）。请更正后重新提交。',
    en: 'The field {field} is not as expected ({expected}). Correct it and submit again.',
  },
  'consent-page-invalid': {
    status: 400,
    zh: '翻页位置无法识别。请回到列表第一页重新查看。',
    en: 'The place in the list is not understood. Go back to the first page.',
  },
  'access-not-recorded': {
    status: 503,
    zh: '本次用证没有记录成功，因此没有提供任何信息。请稍后重试。',
    en: 'This use could not be recorded, so nothing was handed out. Try again later.',
  },
  'access-missing': {
    status: 404,
    zh: '没有找到这条用证记录。请回到用证记录列表重新选择。',
    en: 'There is no such record of a use. Go back to the list and choose again.',
  },
  'service-item-missing': {
    status: 404,
    zh: '没有找到这个事项。请核对事项编码后重试。',
    en: 'There is no such service item. Check its code and try again.',
  },
  'service-item-changed': {
    status: 409,
    zh: '这个事项已被他人修改，您的修改没有保存。请刷新后在最新内容上重新修改。',
    en: 'Someone else changed this service item; nothing of yours was saved. Refresh it and make the change again.',
  },
  'service-item-disabled': {
    status: 409,
    zh: '这个事项已停用，不能申请用证。请联系办理部门。',
    en: 'This service item is out of use; no certificate can be asked for it. Contact its department.',
  },
  'authorisation-not-needed': {
    status: 409,
    zh: '这个事项依照法律规定用证，不需要也不能请求本人授权。请按法定依据办理，并向本人告知。',
    en: 'This service item uses certificates by law; consent is neither needed nor asked. Proceed on that basis and tell the person.',
  },
  'authorisation-beyond-item': {
    status: 403,
    zh: '请求的证照或字段超出了该事项的需要。请按事项清单减少后重新申请。',
    en: 'More is asked for than the service item needs. Keep to its list and ask again.',
  },
  'authorisation-key-reused': {
    status: 409,
    zh: '这个请求编号已用于另一项申请。请换一个编号重新申请。',
    en: 'This request key was used for another request. Ask again under a new one.',
  },
  'authorisation-missing': {
    status: 404,
    zh: '没有找到这项用证授权。请回到授权列表重新选择。',
    en: 'There is no such use authorisation. Go back to the list and choose again.',
  },
  'authorisation-widened': {
    status: 409,
    zh: '授权范围只能缩小，不能超出对方的申请。请重新勾选后提交。',
    en: 'What is allowed may be less than what was asked for, never more. Choose again and submit.',
  },
  'authorisation-empty': {
    status: 400,
    zh: '没有选择任何字段。如不同意，请选择“拒绝”；否则请至少勾选一项。',
    en: 'No field is chosen. Refuse the request if you do not agree, or choose one field at least.',
  },
  'authorisation-too-long': {
    status: 400,
    zh: '授权时间应为 1 至 {longestSeconds} 秒。请缩短后重新提交。',
    en: 'An authorisation lasts 1 to {longestSeconds} seconds. Choose a shorter time and submit again.',
  },
  'authorisation-closed': {
    status: 409,
    zh: '这项用证授权已经结束或已有答复（{state}），不能再这样操作。请刷新列表查看。',
    en: 'This use authorisation has ended or been answered ({state}) and cannot be changed so. Refresh the list.',
  },
  'authorisation-assurance-low': {
    status: 403,
    zh: '这个事项要求更高等级的登录（{level} 级），这次登录不够，没有授权。请退出后用更高等级的方式（如通行密钥）登录再试。',
    en: 'This service item asks for a surer sign-in (level {level}) than this one, so nothing was allowed. Sign out, sign in by a surer way such as a passkey, and try again.',
  },
  'authorisation-match-code': {
    status: 403,
    zh: '核对码不一致。请输入窗口屏幕上显示的核对码，还可再试 {triesLeft} 次；如果您不在窗口办事，请拒绝。',
    en: 'The match code differs. Enter the one on the screen of the counter, {triesLeft} tries left; refuse if you are at no counter.',
  },
  'authorization-details-invalid': {
    status: 400,
    zh: 'authorization_details 的 {member} 不合要求（应为 {expected}）。请更正后重新发起。',
    en: 'The member {member} of authorization_details is not as expected ({expected}). Correct it and start again.',
  },
  'objection-missing': {
    status: 404,
    zh: '没有找到这项异议。请回到异议列表重新选择。',
    en: 'There is no such objection. Go back to the list and choose again.',
  },
  'objection-open': {
    status: 409,
    zh: '这条用证记录已有一项异议正在处理。请在异议列表中查看进度。',
    en: 'An objection to this use is being looked into already. See how it stands in the list of objections.',
  },
  'objection-state': {
    status: 409,
    zh: '这项异议目前的状态（{state}）不允许该操作。请刷新后查看。',
    en: 'The objection is {state}, which does not allow this. Refresh it and look again.',
  },
  'objection-own-access': {
    status: 403,
    zh: '您是这条用证记录的查阅人，不能处理对它的异议。请转交其他工作人员。',
    en: 'You are the reader this objection is about and cannot decide it. Hand it to another officer.',
  },
  'rating-not-used': {
    status: 409,
    zh: '这次用证没有提供信息，或由您本人查阅，无需评价。请选择其他用证记录。',
    en: 'Nothing was handed out in this use, or you read it yourself, so there is nothing to rate. Choose another record.',
  },
  'rating-closed': {
    status: 409,
    zh: '评价已超过可修改的 {changeDays} 天，不能再改。如对用证有异议，请提出异议。',
    en: 'A rating can be changed for {changeDays} days, and these are over. Raise an objection if the use was not right.',
  },
} as const satisfies Record<string, ErrorEntry>;
