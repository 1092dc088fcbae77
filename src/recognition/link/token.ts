import type { Clock } from '../../base/clock.ts';
import type { MessageClaims } from '../../crypto/index.ts';

/** Reads who a signed message says it is from and by which key, before anything of it is believed; null when it does not. */
export function readToken(token: string): { issuer: string; kid: string } | null {
  const [header = '', payload = ''] = token.split('.');
  try {
    const [{ kid }, { iss }] = [header, payload].map((part) =>
      JSON.parse(Buffer.from(part, 'base64url').toString('utf8')),
    ) as [Record<string, unknown>, Record<string, unknown>];
    return typeof kid === 'string' && typeof iss === 'string' ? { issuer: iss, kid } : null;
  } catch {
    return null;
  }
}

/** Tells when a message was said: a peer whose clock is ahead does not count as heard for longer. */
export const saidAtOf = ({ iat }: MessageClaims, clock: Clock): Date =>
  new Date(Math.min(iat * 1000, clock.now().getTime()));
