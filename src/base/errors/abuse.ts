import type { ErrorEntry } from './entry.ts';

/** Refusals to whoever may be guessing: waits, and puzzles. */
export const abuseErrors = {
  'sign-in-waits': {
    status: 429,
    zh: '连续输错次数过多。为保护账号，这种登录方式暂停，还需等待 {waitSeconds} 秒；其间也可以使用人脸、指纹登录。',
    en: 'There were too many wrong tries. To protect the account, this way to sign in is paused for {waitSeconds} more seconds; you can use your passkey meanwhile.',
  },
  'puzzle-needed': {
    status: 400,
    zh: '请先完成页面下方的安全检查。请重新填写，按提示提交。',
    en: 'The security check below comes first. Fill in the form again and send it as it says.',
  },
  'puzzle-wrong': {
    status: 400,
    zh: '安全检查没有通过，已换了一次新的检查。请重新填写后提交。',
    en: 'The security check did not pass, and there is a new one. Fill in the form again and send it.',
  },
  'puzzle-expired': {
    status: 400,
    zh: '安全检查已过期或已用过，已换了一次新的检查。请重新填写后提交。',
    en: 'The security check has expired or was used, and there is a new one. Fill in the form again and send it.',
  },
  'puzzle-waits': {
    status: 429,
    zh: '安全检查还没有完成。没有开启脚本的，还需等待 {waitSeconds} 秒再提交；也可以返回，换一种方式办理。',
    en: 'The security check is not finished. Without scripts, wait {waitSeconds} more seconds before you send the form, or go back and choose another way.',
  },
} as const satisfies Record<string, ErrorEntry>;
