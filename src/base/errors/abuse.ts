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
    zh: '这次登录需要先完成页面下方的安全检查。请再次输入密码，按提示提交。',
    en: 'This sign-in needs the security check below. Enter the password again and send the form as it says.',
  },
  'puzzle-wrong': {
    status: 400,
    zh: '安全检查没有通过，已换了一次新的检查。请再次输入密码后提交。',
    en: 'The security check did not pass, and there is a new one. Enter the password again and send the form.',
  },
  'puzzle-expired': {
    status: 400,
    zh: '安全检查已过期或已用过，已换了一次新的检查。请再次输入密码后提交。',
    en: 'The security check has expired or was used, and there is a new one. Enter the password again and send the form.',
  },
  'puzzle-waits': {
    status: 429,
    zh: '安全检查还没有完成。没有开启脚本的，还需等待 {waitSeconds} 秒再提交；也可以换一种方式登录。',
    en: 'The security check is not finished. Without scripts, wait {waitSeconds} more seconds before you send the form, or sign in another way.',
  },
} as const satisfies Record<string, ErrorEntry>;
