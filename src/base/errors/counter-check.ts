import type { ErrorEntry } from './entry.ts';

/** Refusals to officers who check a person at a counter. */
export const counterCheckErrors = {
  'counter-check-person-unknown': {
    status: 404,
    zh: '没有找到这个证件号码的账号，或账号已停用。请核对号码；没有账号的群众请先注册并核对姓名和号码。',
    en: 'There is no active account of this number. Check the number; who has no account registers and confirms name and number first.',
  },
  'counter-check-name-differs': {
    status: 409,
    zh: '证件上的姓名与账号登记的不一致，没有提升等级，这次核对已记录。请核对证件和填写的姓名。',
    en: 'The name on the document is not that of the account; the level stays, and this check is on record. Look at the document and at what you typed.',
  },
  'counter-check-document': {
    status: 400,
    zh: '还没有确认证件和本人。请当面核对证件原件和相貌后，勾选两项再提交。',
    en: 'Document and person are not confirmed. Compare the original and the face in person, tick both and send again.',
  },
} as const satisfies Record<string, ErrorEntry>;
