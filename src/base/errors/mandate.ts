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
    zh: '没有找到姓名和证件号码都相符的账号。请核对；对方还没有账号的，请先让对方注册并完成实名。为没有账号的未成年子女办理，要有写明您是父母的出生医学证明或户口簿电子证照；没有的，请到服务窗口登记。',
    en: 'No account was found with this name and ID number. Check both; who has no account yet must register and be known by name and number first. For a child without an account there must be a certificate of birth or household register that names you as the parent; without one, go to a service counter.',
  },
  'mandate-terms-invalid': {
    status: 400,
    zh: '办理事项或期限不正确。请从列出的事项和期限中选择。',
    en: 'The service items or the term are not right. Choose among those listed.',
  },
  'mandate-barred': {
    status: 409,
    zh: '您为这个孩子代办的委托已依法结束，不能再凭证照重新办理。有新的法律文书的，请到服务窗口登记。',
    en: 'Your mandate for this child was ended by law, and certificates prove it no more. With a newer legal document, go to a service counter.',
  },
  'mandate-child-of-age': {
    status: 409,
    zh: '子女已年满 18 周岁，或号码看不出出生日期，不能登记父母代办。请改由本人委托。',
    en: 'The child is 18 or older, or the number has no date of birth, so no parent’s mandate is recorded. Let the person give a mandate.',
  },
  'mandate-evidence-digest': {
    status: 400,
    zh: '材料摘要不正确：须是 64 位，由 0–9、a–f 组成的 SHA-256。请从归档系统复制后重试。',
    en: 'The digest of the papers is not right: a SHA-256 of 64 characters, 0–9 and a–f. Copy it from the archive and try again.',
  },
  'mandate-papers-unchecked': {
    status: 400,
    zh: '请先当面核对材料原件，再勾选确认。',
    en: 'Check the original papers first, then tick that you did.',
  },
  'mandate-reason-missing': {
    status: 400,
    zh: '请选择结束这项代办的理由。没有列出的，依法不能这样结束。',
    en: 'Choose for which reason this mandate ends. For none but those listed it cannot be ended so.',
  },
  'mandate-role-not-given': {
    status: 403,
    zh: '您不能给出这个角色：管理员由法定代表人指定。请选择其他角色，或请法定代表人办理。',
    en: 'You cannot give this role: administrators are named by the legal representative. Choose another role, or ask the legal representative.',
  },
} as const satisfies Record<string, ErrorEntry>;
