/**
 * This instance as an entity of a federation (OpenID Federation 1.0): what it says of itself and of the entities right
 * below it, the chains of trust by which it knows others, and the trust marks of those who joined its frameworks. A
 * federation answers who somebody is and which keys are his; what is recognised between regions stands in agreements and
 * nowhere here. Owns no client registration: a site that has a chain is registered by hand all the same. Of the standard
 * the sections on statements, chains, policies, constraints, trust marks and endpoints were read (the working group's text
 * of late 2025), those on registration were not; delegated trust marks and historical keys are left out. The verifier is
 * here and not among the keys of the house: it speaks a protocol, and holds no key of ours.
 * Control leaves by signed tokens, and by AppErrors that the edge words as the standard does.
 */
import { type Clock, epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { FederationKeys } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { TrustAnchors } from './chain.ts';
import { federationEntity } from './constraints.ts';
import { createTokenFetch, type TokenFetchDeps } from './fetch.ts';
import { createMarkIssuer, type MarkIssuer, type MarkIssuerDeps } from './mark-issuer.ts';
import { configurationClaims, subordinateClaims } from './own-claims.ts';
import { createOwnMarks, type OwnMarks } from './own-marks.ts';
import { type ResolvedEntity, resolveEntity } from './resolve.ts';
import { createSource, type OwnWord } from './source.ts';
import { statementType } from './statement.ts';
import { createSubordinates, type Subordinate, type Subordinates } from './subordinates.ts';

export interface FederationDeps extends Pick<MarkIssuerDeps, 'frameworksOf'>, TokenFetchDeps {
  connection: RecordConnection;
  clock: Clock;
  keys: FederationKeys;
  /** The entity identifier: the issuer. */
  self: string;
  name: string;
  /** The entities right above this one; none: this instance is an anchor. */
  superiors: readonly string[];
  /** The entities from which trust comes, with their pinned keys; this instance itself is always one. */
  anchors: TrustAnchors;
}

/** What is asked about an entity. */
export interface ResolveQuestion {
  subject: string;
  anchorIds: readonly string[];
  /** The types asked for; none: all. */
  entityTypes: readonly string[];
}

/** This instance in its federation. */
export interface Federation extends Omit<OwnWord, 'self'>, MarkIssuer {
  subordinates: Subordinates;
  /** Lists whom this instance vouches for now. */
  listSubordinates(filter: { entityTypes: readonly string[]; intermediate: boolean }): Promise<string[]>;
  /** Resolves an entity and signs the answer. Throws federation-anchor-unknown and what resolving an entity throws. */
  resolve(question: ResolveQuestion): Promise<string>;
  /** Asks the superiors for this instance's trust marks; refusals go to `failed`. */
  refreshTrustMarks(failed: (error: AppError) => void): Promise<void>;
}

const resolveResponseType = 'resolve-response+jwt';

/** Opens this instance's part in a federation. */
export function createFederation(deps: FederationDeps): Federation {
  const subordinates = createSubordinates(deps);
  const ownMarks = createOwnMarks(deps);
  const issuer = createMarkIssuer(deps);
  const own = ownWordOf(deps, { subordinates, ownMarks, issuer });
  return {
    ...own,
    ...issuer,
    subordinates,
    listSubordinates: async (filter) => idsOf(await subordinates.list(), filter),
    resolve: (question) => resolve(deps, own, question),
    async refreshTrustMarks(failed) {
      const fetch = createTokenFetch(deps);
      await ownMarks.refresh({ fetch, source: createSource(own, fetch) }, failed);
    },
  };
}

/** What this instance says of itself and of those below it, as it is at the moment it says so. */
const ownWordOf = (
  { self, name, clock, keys, superiors }: FederationDeps,
  parts: { subordinates: Subordinates; ownMarks: OwnMarks; issuer: MarkIssuer },
): OwnWord => {
  const speaker = () => ({ self, nowSeconds: epochSeconds(clock) });
  return {
    self,
    async entityConfiguration() {
      const [published, hasSubordinates] = await Promise.all([
        keys.published(),
        parts.subordinates.hasActive(),
      ]);
      const trustMarks = parts.ownMarks.current();
      const about = { name, keys: { keys: published }, superiors, hasSubordinates, trustMarks };
      return keys.sign(statementType, { ...configurationClaims({ ...speaker(), ...about }) });
    },
    async subordinateStatement(subject) {
      if (subject === self) throw new AppError('federation-request-invalid', { parameter: 'sub' });
      const subordinate = await parts.subordinates.find(subject);
      return keys.sign(statementType, { ...subordinateClaims(speaker(), subordinate) });
    },
    trustMarkStatus: parts.issuer.trustMarkStatus,
  };
};

const idsOf = (
  all: readonly Subordinate[],
  { entityTypes, intermediate }: Parameters<Federation['listSubordinates']>[0],
): string[] =>
  all
    .filter(({ state }) => state === 'active')
    .filter((one) => entityTypes.length === 0 || entityTypes.some((type) => one.entityTypes.includes(type)))
    .filter((one) => !intermediate || one.entityTypes.includes(federationEntity))
    .map(({ entityId }) => entityId);

const resolve = async (
  deps: FederationDeps,
  own: OwnWord,
  { subject, anchorIds, entityTypes }: ResolveQuestion,
): Promise<string> => {
  const { self, clock, keys } = deps;
  const pinned = new Map([...deps.anchors, [self, { keys: await keys.published() }]]);
  const anchors = new Map([...pinned].filter(([entityId]) => anchorIds.includes(entityId)));
  if (anchors.size === 0) throw new AppError('federation-anchor-unknown');
  const source = createSource(own, createTokenFetch(deps));
  const found = await resolveEntity(subject, { anchors, source, now: clock.now() });
  const said = { iss: self, iat: epochSeconds(clock) };
  return keys.sign(resolveResponseType, { ...answerOf(found, entityTypes), ...said });
};

const answerOf = (
  { subject, metadata, tokens, trustMarks, exp }: ResolvedEntity,
  entityTypes: readonly string[],
) => ({
  sub: subject.claims.sub,
  exp,
  metadata: Object.fromEntries(
    Object.entries(metadata).filter(([type]) => entityTypes.length === 0 || entityTypes.includes(type)),
  ),
  trust_chain: [...tokens],
  ...(trustMarks.length === 0 ? {} : { trust_marks: trustMarks }),
});
