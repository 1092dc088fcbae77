import { type Clock, epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { FederationKeys } from '../../crypto/index.ts';
import { membershipMarkOf, trustMarkTtlSeconds } from './own-claims.ts';
import { markStatusType, readTrustMark, trustMarkType, verifyTrustMark } from './trust-mark.ts';

export interface MarkIssuerDeps {
  self: string;
  keys: FederationKeys;
  clock: Clock;
  /** Names the frameworks of this operator that an entity has joined and that count now; asked every time. */
  frameworksOf(entityId: string): Promise<string[]>;
}

/** The issuer of the marks of those who joined a framework of this instance. Nothing is kept: who is a member has one. */
export interface MarkIssuer {
  /** Issues an entity's mark anew. Throws federation-mark-missing. */
  trustMark(asked: { type: string; subject: string }): Promise<string>;
  /** Says, signed, how a mark of this issuer stands. Throws federation-mark-missing for one that is of someone else. */
  trustMarkStatus(mark: string): Promise<string>;
}

/** Makes the issuer of marks. */
export function createMarkIssuer({ self, keys, clock, frameworksOf }: MarkIssuerDeps): MarkIssuer {
  return {
    async trustMark({ type, subject }) {
      const frameworks = type === membershipMarkOf(self) ? await frameworksOf(subject) : [];
      if (frameworks.length === 0) throw new AppError('federation-mark-missing');
      const iat = epochSeconds(clock);
      return keys.sign(trustMarkType, {
        iss: self,
        sub: subject,
        iat,
        exp: iat + trustMarkTtlSeconds,
        trust_mark_type: type,
        yihao_frameworks: frameworks,
      });
    },
    async trustMarkStatus(mark) {
      const claims = readTrustMark(mark);
      if (claims?.iss !== self) throw new AppError('federation-mark-missing');
      const published = { keys: await keys.published() };
      const outcome = await verifyTrustMark(mark, { claims, keys: published, now: clock.now() });
      const isRevoked =
        outcome === 'verified' && !isJoined(claims['yihao_frameworks'], await frameworksOf(claims.sub));
      const status = isRevoked ? 'revoked' : outcome === 'verified' ? 'active' : outcome;
      return keys.sign(markStatusType, { iss: self, iat: epochSeconds(clock), trust_mark: mark, status });
    },
  };
}

/** A mark counts while its holder is still a member of all that it says. */
const isJoined = (said: unknown, joined: readonly string[]): boolean =>
  Array.isArray(said) && said.every((framework) => joined.includes(framework));
