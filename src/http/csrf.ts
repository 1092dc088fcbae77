import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../base/error.ts';

/** Makes and checks the hidden token of a form, bound to what the form is for (an interaction that a cookie proves). */
export interface Csrf {
  token(binding: string): string;
  /** Throws AppError form-expired when the token is not the one of this binding. */
  check(binding: string, token: unknown): void;
}

/** Makes the form tokens of this instance; every process with the same secret agrees on them. */
export function createCsrf(secret: Buffer): Csrf {
  const token = (binding: string): string => createHmac('sha256', secret).update(binding).digest('base64url');
  return {
    token,
    check(binding, given) {
      const expected = Buffer.from(token(binding));
      const actual = Buffer.from(typeof given === 'string' ? given : '');
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected))
        throw new AppError('form-expired');
    },
  };
}
