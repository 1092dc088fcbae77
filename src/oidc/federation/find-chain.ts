import { AppError } from '../../base/error.ts';
import { mostStatements, type TrustAnchors, type VerifiedChain, verifyChain } from './chain.ts';
import { chainInvalid, readStatement, type Statement } from './statement.ts';

/** Where statements come from; throws federation-entity-unreachable and the like. */
export interface StatementSource {
  /** Gets the configuration an entity publishes of itself. */
  configuration(entityId: string): Promise<string>;
  /** Gets what a superior states of a subject. */
  statement(superior: Statement, subject: string): Promise<string>;
}

/** What a search goes by. */
export interface ChainSearch {
  anchors: TrustAnchors;
  source: StatementSource;
  now: Date;
}

interface Path {
  /** The outermost entity so far. */
  entity: Statement;
  tokens: string[];
  passed: string[];
}

/**
 * Finds the first chain from a subject to an anchor that holds, the shortest tried first ("Fetching Entity Statements to
 * Establish a Trust Chain" of OpenID Federation 1.0). A superior that cannot be had, leads back or does not vouch is passed
 * over; when none is left the last refusal is thrown: federation-chain-invalid, federation-metadata-invalid or
 * federation-entity-unreachable.
 */
export async function findChain(subject: string, search: ChainSearch): Promise<VerifiedChain> {
  const entity = await readConfiguration(subject, 0, search);
  if (search.anchors.has(subject)) return verifyChain([entity.token], search);
  const failed = { last: chainInvalid('anchor', 0) };
  let paths: Path[] = [{ entity, tokens: [entity.token], passed: [subject] }];
  // A round adds a statement; beside those there is the anchor's own.
  for (let length = 1; length + 2 <= mostStatements && paths.length > 0; length += 1) {
    const longer: Path[] = [];
    for (const path of paths) {
      const found = await climb(path, search, failed);
      if (!Array.isArray(found)) return found;
      longer.push(...found);
    }
    paths = longer;
  }
  throw failed.last;
}

/** Goes one superior further by each hint; a chain that is whole and holds is the answer. */
const climb = async (
  { entity, tokens, passed }: Path,
  search: ChainSearch,
  failed: { last: AppError },
): Promise<VerifiedChain | Path[]> => {
  const longer: Path[] = [];
  for (const hint of entity.claims.authority_hints ?? []) {
    if (passed.includes(hint)) continue;
    try {
      const superior = await readConfiguration(hint, passed.length, search);
      const further = [...tokens, await search.source.statement(superior, entity.claims.sub)];
      if (search.anchors.has(hint)) return await verifyChain([...further, superior.token], search);
      longer.push({ entity: superior, tokens: further, passed: [...passed, hint] });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.last = error;
    }
  }
  return longer;
};

const readConfiguration = async (
  entityId: string,
  position: number,
  { source, now }: ChainSearch,
): Promise<Statement> => {
  const statement = readStatement(await source.configuration(entityId), { position, now });
  if (!statement.isOwn || statement.claims.sub !== entityId) throw chainInvalid('subject', position);
  return statement;
};
