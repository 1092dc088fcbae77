import { type KeyObject, sign } from 'node:crypto';
import type { Fault } from './faults.ts';

type Part = Record<string, unknown>;

const parse = (part = ''): Part => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Part;
const text = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An issuer that nobody is: .invalid is no domain (RFC 2606 [M]). */
export const otherIssuer = 'https://another-issuer.invalid';

const changesTo: Partial<Record<Fault, (claims: Part) => Part>> = {
  expired: ({ iat }) => ({ iat: Number(iat) - 7200, exp: Number(iat) - 3600 }),
  'wrong-nonce': () => ({ nonce: 'another-nonce' }),
  'wrong-aud': () => ({ aud: 'another-client' }),
  'wrong-iss': () => ({ iss: otherIssuer }),
};

/**
 * Makes an ID token wrong in one way and right in all others: where the fault is in what it says, it is signed with the
 * provider's own key (ES256), so that a site that checks no more than the signature takes it.
 */
export function spoilIdToken(idToken: string, fault: Fault, key: KeyObject): string {
  const [head, body, signature = ''] = idToken.split('.');
  if (fault === 'bad-signature') {
    const bytes = Buffer.from(signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1);
    return [head, body, bytes.toString('base64url')].join('.');
  }
  const header = { ...parse(head), ...(fault === 'unknown-kid' ? { kid: 'no-such-key' } : {}) };
  const claims = parse(body);
  const signed = `${text(header)}.${text({ ...claims, ...changesTo[fault]?.(claims) })}`;
  const bytes = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${bytes.toString('base64url')}`;
}
