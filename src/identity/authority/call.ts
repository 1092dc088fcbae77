import type { ErrorCode } from '../../base/error.ts';
import { AppError } from '../../base/error.ts';

/** Where a system of another authority is, and what it is shown. */
export interface SystemAddress {
  url: string;
  /** The bearer key. */
  key: string;
}

/** How a system is called. */
export interface CallDeps {
  fetch: typeof globalThis.fetch;
  timeoutMilliseconds: number;
}

/** One question to a system; `idempotencyKey` lets it tell the second try from a second question. */
export interface Question {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  idempotencyKey: string;
}

const tries = 2;

/** Puts a question to a system and returns the members of its answer; throws the AppError of `unavailable`. */
export type Ask = (question: Question) => Promise<Record<string, unknown>>;

/**
 * Makes the way to ask one system, in JSON over HTTP. The address is the operator's and not a stranger's, so it may well
 * be private; a redirect is not followed. A question without an answer is put once more under the same key. Whatever
 * else goes wrong is `unavailable`, whose cause names the system and never what was asked: that is a person's.
 */
export function createAsk({ url, key }: SystemAddress, unavailable: ErrorCode, deps: CallDeps): Ask {
  const once = async ({ method, path, body, idempotencyKey }: Question): Promise<Response> =>
    deps.fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(deps.timeoutMilliseconds),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        'idempotency-key': idempotencyKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return async (question) => {
    let trouble = 'no answer';
    for (let attempt = 1; attempt <= tries; attempt += 1)
      try {
        const response = await once(question);
        if (response.ok) return await membersOf(response);
        trouble = `status ${response.status}`;
        await response.body?.cancel();
        if (response.status < 500) break;
      } catch (error) {
        trouble = error instanceof Error ? error.name : 'no answer';
      }
    const path = question.path.split('/')[1] ?? '';
    throw new AppError(unavailable, {}, { cause: new Error(`${new URL(url).host}/${path}: ${trouble}`) });
  };
}

const membersOf = async (response: Response): Promise<Record<string, unknown>> => {
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  throw new TypeError('the answer is no object');
};
