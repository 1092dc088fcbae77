import { AppError } from '../../base/error.ts';

/** Where the platform of a mini-program is, and as whom it is asked. */
export interface MiniProgramAddress {
  url: string;
  appId: string;
  secret: string;
}

/** Tells which of the platform's users a code of wx.login stands for. */
export interface MiniProgramPlatform {
  readonly appId: string;
  /**
   * Exchanges a code, which works once, for the openid. Throws mini-program-code-invalid, mini-program-busy
   * {waitSeconds}, mini-program-unavailable.
   */
  exchange(code: string): Promise<string>;
}

const timeoutMilliseconds = 5000;
const busyWaitSeconds = 60;
const tries = 2;

/** What the platform answers with: 40029 and 45011 as read in its documentation, 40163 (a code that was used) [M]. */
const [busy, invalid, used, tooOften] = [-1, 40029, 40163, 45011];

/**
 * Makes the way to ask the platform: `auth.code2Session`, as a copy of its documentation has it [V]. The session key in the
 * answer is dropped here, the unionid too: neither says who a person is. The address has the secret in it, so no error
 * repeats it. Only “busy” is asked once more: a code whose answer was lost is used up, and wx.login gives another.
 */
export function createMiniProgramPlatform(
  { url, appId, secret }: MiniProgramAddress,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): MiniProgramPlatform {
  const ask = async (code: string): Promise<Record<string, unknown>> => {
    const query = new URLSearchParams({
      appid: appId,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    try {
      const response = await fetch(`${url}/sns/jscode2session?${query}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      const answer: unknown = response.ok ? await response.json() : null;
      if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
    } catch {
      // Whatever fetch says may name the address; what follows says enough.
    }
    throw new AppError('mini-program-unavailable');
  };
  return {
    appId,
    async exchange(code) {
      if (!/^[\w-]{1,128}$/.test(code)) throw new AppError('mini-program-code-invalid');
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const { errcode = 0, openid } = await ask(code);
        if (errcode === 0 && typeof openid === 'string' && openid !== '') return openid;
        if (errcode === invalid || errcode === used) throw new AppError('mini-program-code-invalid');
        if (errcode === tooOften) throw new AppError('mini-program-busy', { waitSeconds: busyWaitSeconds });
        if (errcode !== busy) break;
      }
      throw new AppError('mini-program-unavailable');
    },
  };
}
