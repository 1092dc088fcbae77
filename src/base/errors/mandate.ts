import type { ErrorEntry } from './entry.ts';

/** Refusals about organisations and mandates. */
export const mandateErrors = {
  'organisation-not-proved': {
    status: 403,
    zh: '没有找到登记您为法定代表人的有效营业执照。请核对统一社会信用代码；刚变更过的，请等登记机关更新电子营业执照后再试。',
    en: 'No business licence in force was found that names you as legal representative. Check the unified social credit code; after a recent change, wait until the registration office has updated the licence.',
  },
  'mandate-missing': {
    status: 404,
    zh: '没有找到这项代办委托，或者您不能查看、变更它。请回到列表查看。',
    en: 'This mandate was not found, or it is not yours to see or change. Go back to the list.',
  },
  'mandate-not-open': {
    status: 409,
    zh: '这项代办委托已经答复、结束或过期，没有改变。请回到列表查看现在的状态。',
    en: 'This mandate was answered, has ended or has expired, and nothing was changed. See the list for how it stands now.',
  },
  'mandate-exists': {
    status: 409,
    zh: '您与这个人之间已有一项等待答复或有效的委托。请先结束那一项，再重新委托。',
    en: 'There is a mandate with this person already that waits for an answer or stands. End it first, then make a new one.',
  },
  'mandate-self': {
    status: 400,
    zh: '填写的是您本人的号码。请填写另一个人的证件号码。',
    en: 'This number is your own. Enter the ID number of the other person.',
  },
  'mandate-person-missing': {
    status: 404,
    zh: '没有找到姓名和证件号码都相符的账号。请核对；对方还没有账号的，请先让对方注册并完成实名。',
    en: 'No account was found with this name and ID number. Check both; who has no account yet must register and be known by name and number first.',
  },
  'mandate-terms-invalid': {
    status: 400,
    zh: '办理事项或期限不正确。请从列出的事项和期限中选择。',
    en: 'The service items or the term are not right. Choose among those listed.',
  },
  'mandate-role-not-given': {
    status: 403,
    zh: '您不能给出这个角色：管理员由法定代表人指定。请选择其他角色，或请法定代表人办理。',
    en: 'You cannot give this role: administrators are named by the legal representative. Choose another role, or ask the legal representative.',
  },
} as const satisfies Record<string, ErrorEntry>;
