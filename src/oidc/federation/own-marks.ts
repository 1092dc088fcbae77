import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { TokenFetch } from './fetch.ts';
import type { StatementSource } from './find-chain.ts';
import { endpointOf } from './source.ts';
import { type EntityClaims, isCurrent, readStatement } from './statement.ts';
import { readTrustMark, trustMarkType } from './trust-mark.ts';

type Marks = NonNullable<EntityClaims['trust_marks']>;

/** The trust marks that this instance got from its superiors and shows. */
export interface OwnMarks {
  /** Lists those that have not ended. */
  current(): Marks;
  /** Asks the superiors for them anew; what one did not answer stays until it ends. Refusals go to `failed`. */
  refresh(
    via: { fetch: TokenFetch; source: StatementSource },
    failed: (error: AppError) => void,
  ): Promise<void>;
}

const mostTypes = 4;

/** Makes the memory of the marks; each process has its own. */
export function createOwnMarks({
  self,
  superiors,
  clock,
}: {
  self: string;
  superiors: readonly string[];
  clock: Clock;
}): OwnMarks {
  const held = new Map<string, Marks>();
  const isLive = ({ trust_mark: token }: Marks[number]): boolean => {
    const claims = readTrustMark(token);
    return claims?.exp !== undefined && isCurrent({ iat: claims.iat, exp: claims.exp }, clock.now());
  };
  return {
    current: () => [...held.values()].flat().filter(isLive),
    async refresh({ fetch, source }, failed) {
      for (const superior of superiors)
        try {
          held.set(superior, await marksFrom(superior, { fetch, source, self, now: clock.now() }));
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          failed(error);
        }
    },
  };
}

/** Nothing is verified: whoever resolves this instance does, and a wrong mark is one that he leaves out. */
const marksFrom = async (
  superior: string,
  { fetch, source, self, now }: { fetch: TokenFetch; source: StatementSource; self: string; now: Date },
): Promise<Marks> => {
  const configuration = readStatement(await source.configuration(superior), { position: 0, now });
  const endpoint = endpointOf(configuration, 'federation_trust_mark_endpoint');
  const issuers = Object.entries(configuration.claims.trust_mark_issuers ?? {});
  const types = issuers.flatMap(([type, allowed]) => (allowed.includes(superior) ? [type] : []));
  const marks: Marks = [];
  if (endpoint === null) return marks;
  for (const type of types.slice(0, mostTypes)) {
    const address = new URL(endpoint);
    address.searchParams.set('trust_mark_type', type);
    address.searchParams.set('sub', self);
    const token = await fetch.get(address.href, `application/${trustMarkType}`);
    const claims = readTrustMark(token);
    if (claims?.sub === self && claims.trust_mark_type === type)
      marks.push({ trust_mark_type: type, trust_mark: token });
  }
  return marks;
};
