import { randomBytes } from 'node:crypto';

/** Who plays with the mini-program: two users of the platform, who are nobody to Yihao. */
export const platformUsers = ['甲', '乙'] as const;
export type PlatformUser = (typeof platformUsers)[number];

/**
 * Stands in for a mini-program's platform (微信): gives codes as wx.login does and exchanges each once, and answers with an
 * error where one was ordered. 40029, 45011 and -1 are of its documentation as read in a copy; 40163, 40125 and the names
 * in the answer's texts are from memory [M].
 */
export class MiniProgramPlatformSimulator {
  readonly #codes = new Map<string, { user: PlatformUser; isUsed: boolean }>();
  readonly #faults: number[] = [];
  #asked = 0;

  constructor(readonly app: { readonly appId: string; readonly secret: string }) {}

  /** Gives a user a code, as wx.login does. */
  login(user: PlatformUser): string {
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { user, isUsed: false });
    return code;
  }

  /** Makes the next exchanges end in an error. */
  order(errcode: -1 | 40029 | 45011, times = 1): void {
    for (let i = 0; i < times; i += 1) this.#faults.push(errcode);
  }

  /** Returns how many exchanges were asked for. */
  get asked(): number {
    return this.#asked;
  }

  /** Answers a question of `/sns/jscode2session`. */
  exchange(question: { appid: string; secret: string; js_code: string }): Record<string, string | number> {
    this.#asked += 1;
    const ordered = this.#faults.shift();
    if (ordered !== undefined) return { errcode: ordered, errmsg: 'as ordered' };
    if (question.appid !== this.app.appId || question.secret !== this.app.secret)
      return { errcode: 40125, errmsg: 'invalid appsecret' };
    const known = this.#codes.get(question.js_code);
    if (known === undefined) return { errcode: 40029, errmsg: 'invalid code' };
    if (known.isUsed) return { errcode: 40163, errmsg: 'code been used' };
    known.isUsed = true;
    return { openid: `openid-of-${known.user}`, session_key: 'a2V5LW9mLXNlc3Npb24=', unionid: 'u-1' };
  }
}
