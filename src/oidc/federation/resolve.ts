import { AppError } from '../../base/error.ts';
import type { PublishedKeys } from '../../crypto/index.ts';
import type { VerifiedChain } from './chain.ts';
import { federationEntity } from './constraints.ts';
import { type ChainSearch, findChain, type StatementSource } from './find-chain.ts';
import type { EntityClaims, Statement } from './statement.ts';
import { readTrustMark, saysActive, type TrustMarkClaims, verifyTrustMark } from './trust-mark.ts';

/** What a resolution goes by. */
export interface Resolution extends ChainSearch {
  source: StatementSource & {
    /** Asks the issuer of a trust mark, at the address it publishes, how the mark stands. */
    markStatus(issuer: string, about: { address: string; mark: string }): Promise<string>;
  };
}

type Marks = NonNullable<EntityClaims['trust_marks']>;

/** An entity as its chain of trust shows it. */
export interface ResolvedEntity extends VerifiedChain {
  /** The marks that were verified and are active. */
  trustMarks: Marks;
}

/**
 * Resolves an entity: the first of its chains that holds, and the trust marks that hold under that anchor. Throws the
 * refusal of the last chain when none does, as findChain does.
 */
export async function resolveEntity(subject: string, resolution: Resolution): Promise<ResolvedEntity> {
  const chain = await findChain(subject, resolution);
  const trustMarks: Marks = [];
  for (const mark of chain.subject.claims.trust_marks ?? [])
    if (await holds(mark, chain, resolution)) trustMarks.push(mark);
  return { ...chain, trustMarks };
}

/** A mark that does not hold is left out; it does not break the chain. */
const holds = async (
  { trust_mark_type: type, trust_mark: token }: Marks[number],
  chain: VerifiedChain,
  resolution: Resolution,
): Promise<boolean> => {
  const claims = readTrustMark(token);
  const { trust_mark_issuers: issuers = {}, trust_mark_owners: owners = {} } = chain.anchor?.claims ?? {};
  const allowed = Object.hasOwn(issuers, type) ? issuers[type] : undefined;
  if (claims === null || claims.trust_mark_type !== type || claims.sub !== chain.subject.claims.sub)
    return false;
  // The anchor knows no such mark, or one whose issuer has to show its owner's delegation, which is not read here.
  if (allowed === undefined || Object.hasOwn(owners, type)) return false;
  if (allowed.length > 0 && !allowed.includes(claims.iss)) return false;
  try {
    return await isActive(token, claims, { chain, resolution });
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
};

const isActive = async (
  token: string,
  claims: TrustMarkClaims,
  { chain, resolution }: { chain: VerifiedChain; resolution: Resolution },
): Promise<boolean> => {
  const { now, source } = resolution;
  const { keys, configuration } = await findIssuer(claims.iss, chain, resolution);
  if ((await verifyTrustMark(token, { claims, keys, now })) !== 'verified') return false;
  const address =
    configuration?.claims.metadata?.[federationEntity]?.['federation_trust_mark_status_endpoint'];
  // One that never ends and that nobody can be asked about counts for nothing.
  if (typeof address !== 'string') return claims.exp !== undefined;
  const answer = await source.markStatus(claims.iss, { address, mark: token });
  return saysActive(answer, { mark: token, issuer: claims.iss, keys, now });
};

/** Trust in the issuer comes first: it has a chain to the same anchor, or is the anchor. */
const findIssuer = async (
  issuer: string,
  { anchorId, anchor }: VerifiedChain,
  { anchors, ...rest }: Resolution,
): Promise<{ keys: PublishedKeys; configuration: Statement | null }> => {
  const pinned = anchors.get(anchorId) ?? { keys: [] };
  if (issuer === anchorId) return { keys: pinned, configuration: anchor };
  const found = await findChain(issuer, { ...rest, anchors: new Map([[anchorId, pinned]]) });
  return { keys: found.keys, configuration: found.subject };
};
