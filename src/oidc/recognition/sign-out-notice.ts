import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { OtherRegionDeps } from './ports.ts';
import type { Standings } from './standings.ts';

const eventName = 'http://schemas.openid.net/event/backchannel-logout';
const longestAgeSeconds = 120;
const toleranceSeconds = 30;

/**
 * Verifies a logout token of a home region (OpenID Connect Back-Channel Logout 1.0, from memory) by its vouched-for keys:
 * for us, fresh, used for the first time, naming a session. Returns whose session has ended; null for anything else.
 */
export async function readSignOutNotice(
  {
    self,
    clock,
    ephemeral,
    standings,
  }: Pick<OtherRegionDeps, 'self' | 'clock' | 'ephemeral'> & {
    standings: Standings;
  },
  token: string,
): Promise<{ issuer: string; sid: string } | null> {
  try {
    const { iss: issuer = '' } = decodeJwt(token);
    const keys = createLocalJWKSet({ keys: await standings.signingKeys(issuer) });
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: self.issuer,
      typ: 'logout+jwt',
      algorithms: ['ES256'],
      maxTokenAge: longestAgeSeconds,
      clockTolerance: toleranceSeconds,
      currentDate: clock.now(),
    });
    const sid = sessionOf(payload);
    if (sid === null) return null;
    const remembered = { ttlSeconds: longestAgeSeconds + 2 * toleranceSeconds };
    const isNew = await ephemeral.add(`other-region:notice:${payload.jti}`, issuer, remembered);
    return isNew ? { issuer, sid } : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

const sessionOf = ({ sid, jti, nonce, events }: JWTPayload): string | null => {
  const isNotice = typeof events === 'object' && events !== null && eventName in events;
  const isNamed = typeof jti === 'string' && /^[\w.-]{1,128}$/.test(jti);
  return isNotice && isNamed && nonce === undefined && typeof sid === 'string' ? sid : null;
};
