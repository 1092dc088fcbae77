import type { ErrorEntry } from './entry.ts';

/** Refusals about officers, what they may do, and what two of them decide together. */
export const staffErrors = {
  'officer-not-allowed': {
    status: 403,
    zh: '您的岗位或所辖区划不允许此项操作。如确需办理，请联系本地区管理员调整岗位。',
    en: 'Your roles or your region do not allow this. If your work needs it, ask the administrator of your region.',
  },
  'officer-not-active': {
    status: 403,
    zh: '该工作人员账号未启用或已停用，不能登录。请联系本地区管理员。',
    en: 'This officer’s account is not active, so it cannot sign in. Contact the administrator of your region.',
  },
  'officer-missing': {
    status: 404,
    zh: '没有找到该工作人员。请回到名单重新选择。',
    en: 'There is no such officer. Go back to the list and choose again.',
  },
  'officer-state': {
    status: 409,
    zh: '该工作人员目前的状态（{state}）不允许此项操作。请刷新后查看。',
    en: 'The officer is {state}, which does not allow this. Refresh the page and look again.',
  },
  'officer-roles-invalid': {
    status: 400,
    zh: '请至少选择一个岗位，且只能从列出的岗位中选择。',
    en: 'Choose one role at least, and only of those listed.',
  },
  'officer-duties-conflict': {
    status: 409,
    zh: '系统、安全、审计三类管理员不得由同一人兼任。请只选其中一类，其余由他人担任。',
    en: 'Nobody may be two of system, security and audit administrator. Choose one of them and give the other to someone else.',
  },
  'officer-invitation-invalid': {
    status: 410,
    zh: '邀请链接无效、已使用或已过期。请向邀请您的管理员索取新的链接。',
    en: 'The invitation is not valid, was used, or has expired. Ask the administrator who invited you for a new one.',
  },
  'officer-bootstrap-closed': {
    status: 409,
    zh: '系统管理员和安全管理员均已在岗，首任链接不再提供。请由在岗管理员邀请新的工作人员。',
    en: 'A region administrator and a security administrator are at work; no first link is given any more. Let them invite others.',
  },
  'officer-own': {
    status: 409,
    zh: '有关本人的事项不得由本人提出或审核。请由其他工作人员办理。',
    en: 'Nobody proposes or answers what is about themselves. Let other officers do it.',
  },
  'officer-account-unfit': {
    status: 409,
    zh: '没有找到可关联的个人账号：须为正常使用、实名等级不低于 3 级的账号。请本人先注册或到窗口提升等级，再提出。',
    en: 'There is no account to tie: it must be active and of level 3 at least. Let the person register or be checked at a counter first, then propose again.',
  },
  'officer-account-taken': {
    status: 409,
    zh: '该个人账号已关联另一名工作人员。一人只能是一名工作人员，请核对后再提出。',
    en: 'That account is tied to another officer. One person is one officer; look again before you propose.',
  },
  'officer-account-proposed': {
    status: 409,
    zh: '已有一项待审事项要把该个人账号关联给另一名工作人员。请等它有结果，或先撤回它，再提出。',
    en: 'A proposal to tie that account to another officer waits for its answer. Wait for it, or withdraw it first, then propose again.',
  },
  'officer-account-stopped': {
    status: 403,
    zh: '您关联的个人账号已注销、冻结或实名等级不足，暂不能登录管理台。请先恢复个人账号，或联系本地区管理员。',
    en: 'The citizen’s account you are tied to is closed, frozen or of too low a level, so the console is shut to you. Put that account right, or ask the administrator of your region.',
  },
  'officer-unchanged': {
    status: 409,
    zh: '没有任何改动。请修改后再提交。',
    en: 'Nothing would change. Change something before you submit.',
  },
  'officer-proof-stale': {
    status: 403,
    zh: '此项操作要求在 {freshSeconds} 秒内用通行密钥确认过本人。请重新确认后再提交。',
    en: 'This act needs a proof by passkey within the last {freshSeconds} seconds. Prove who you are and submit again.',
  },
  'officer-list-invalid': {
    status: 400,
    zh: '翻页位置无法识别。请回到列表第一页重新查看。',
    en: 'The place in the list is not understood. Go back to the first page.',
  },
  'proposal-missing': {
    status: 404,
    zh: '没有找到这项待审事项。请回到列表重新选择。',
    en: 'There is no such proposal. Go back to the list and choose again.',
  },
  'proposal-reason': {
    status: 400,
    zh: '请写明理由（1 至 {longest} 个字）。',
    en: 'Say why, in 1 to {longest} characters.',
  },
  'proposal-open': {
    status: 409,
    zh: '对同一对象的同类事项已有一项待审。请先处理或撤回那一项。',
    en: 'A proposal of this kind about the same thing is open already. Settle or withdraw that one first.',
  },
  'proposal-own': {
    status: 403,
    zh: '本人提出的事项须由另一名工作人员审核。请等待他人审核，或撤回。',
    en: 'Another officer must answer what you proposed. Wait for one, or withdraw it.',
  },
  'proposal-closed': {
    status: 409,
    zh: '这项事项已经办结（{state}），不能再答复。请刷新后查看。',
    en: 'This proposal is settled already ({state}) and takes no further answer. Refresh the page.',
  },
  'proposal-no-emergency': {
    status: 403,
    zh: '这类事项不能先行处置，须先经另一名工作人员审核。请按一般程序提出。',
    en: 'This kind cannot be acted on before a second officer agrees. Propose it without emergency.',
  },
} as const satisfies Record<string, ErrorEntry>;
