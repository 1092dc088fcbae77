import type { PublishedKeys } from '../../crypto/index.ts';
import { checkConstraints } from './constraints.ts';
import { resolveMetadata } from './metadata.ts';
import { chainInvalid, type EntityMetadata, isSignedBy, readStatement, type Statement } from './statement.ts';

/** The entities whose keys are pinned here, and from which all trust comes. */
export type TrustAnchors = ReadonlyMap<string, PublishedKeys>;

/** A chain that holds. */
export interface VerifiedChain {
  /** The subject's configuration first, the anchor's last. */
  tokens: readonly string[];
  subject: Statement;
  anchorId: string;
  /** The anchor's own configuration, where the chain ends with it. */
  anchor: Statement | null;
  /** The keys that the immediate superior vouches for, or the anchor's pinned ones for itself. */
  keys: PublishedKeys;
  /** What the subject is to be taken for: with what its superiors say, require and forbid. */
  metadata: EntityMetadata;
  /** When the first of the statements ends, in seconds since the epoch. */
  exp: number;
}

/** The most statements of a chain: the subject's, the anchor's, and four between. A design of this project. */
export const mostStatements = 6;

/**
 * Verifies a chain of trust ("Validating a Trust Chain" of OpenID Federation 1.0): each statement by the keys that the next
 * one vouches for, the last ones by the anchor's pinned keys. What keys an anchor publishes of itself adds nothing to the
 * pin: a design of this project. Throws federation-chain-invalid and federation-metadata-invalid.
 */
export async function verifyChain(
  tokens: readonly string[],
  { anchors, now }: { anchors: TrustAnchors; now: Date },
): Promise<VerifiedChain> {
  if (tokens.length === 0 || tokens.length > mostStatements) throw chainInvalid('length', 0);
  const statements = tokens.map((token, position) => readStatement(token, { position, now }));
  const [subject] = statements;
  const last = statements.at(-1);
  if (subject === undefined || last === undefined || !subject.isOwn) throw chainInvalid('subject', 0);
  const pinned = anchors.get(last.claims.iss);
  if (pinned === undefined) throw chainInvalid('anchor', tokens.length - 1);
  const anchor = last.isOwn ? last : null;
  const signers = anchor === null ? statements : statements.slice(0, -1);
  checkLinks(statements, anchor);
  const keysFor = (position: number): PublishedKeys =>
    position >= signers.length - 1 ? pinned : keysOf(statements[position + 1], pinned);
  for (const [position, { token }] of statements.entries())
    if (!(await isSignedBy(token, keysFor(position)))) throw chainInvalid('signature', position);
  if (!(await isSignedBy(subject.token, keysOf(subject, pinned)))) throw chainInvalid('signature', 0);
  const about = signers.length === 0 ? statements : signers;
  checkConstraints(about);
  return {
    tokens,
    subject,
    anchorId: last.claims.iss,
    anchor,
    keys: about.length > 1 ? keysOf(about[1], pinned) : pinned,
    metadata: resolveMetadata(about),
    exp: Math.min(...statements.map(({ claims }) => claims.exp)),
  };
}

const keysOf = (statement: Statement | undefined, pinned: PublishedKeys): PublishedKeys =>
  (statement?.claims.jwks as PublishedKeys | undefined) ?? pinned;

/** Each statement is about who made the one before it, nobody appears twice, and only both ends speak of themselves. */
function checkLinks(statements: readonly Statement[], anchor: Statement | null): void {
  const [subject] = statements;
  const superiors: string[] = [];
  statements.forEach((statement, position) => {
    const { claims, isOwn } = statement;
    const next = statements[position + 1];
    if (next !== undefined && next.claims.sub !== claims.iss) throw chainInvalid('subject', position + 1);
    if (isOwn && position > 0 && statement !== anchor) throw chainInvalid('subject', position);
    if (statement === anchor && position > 0) return;
    if (superiors.includes(claims.iss)) throw chainInvalid('loop', position);
    superiors.push(claims.iss);
  });
  const [, superior] = superiors;
  if (superior !== undefined && !subject?.claims.authority_hints?.includes(superior))
    throw chainInvalid('authority-hints', 0);
}
