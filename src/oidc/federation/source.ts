import { AppError } from '../../base/error.ts';
import { federationEntity } from './constraints.ts';
import type { TokenFetch } from './fetch.ts';
import { federationPaths } from './own-claims.ts';
import type { Resolution } from './resolve.ts';
import { type Statement, statementType } from './statement.ts';
import { markStatusType } from './trust-mark.ts';

/** What this instance says itself, so that nobody calls it to hear it. */
export interface OwnWord {
  self: string;
  entityConfiguration(): Promise<string>;
  subordinateStatement(subject: string): Promise<string>;
  trustMarkStatus(mark: string): Promise<string>;
}

/** Makes the source of statements of one question: this instance's own word, and the network for all others'. */
export const createSource = (own: OwnWord, fetch: TokenFetch): Resolution['source'] => ({
  configuration: async (entityId) =>
    entityId === own.self
      ? own.entityConfiguration()
      : fetch.get(
          `${entityId.replace(/\/$/, '')}${federationPaths.configuration}`,
          `application/${statementType}`,
        ),
  async statement(superior, subject) {
    if (superior.claims.sub === own.self) return own.subordinateStatement(subject);
    const endpoint = endpointOf(superior, 'federation_fetch_endpoint');
    if (endpoint === null) throw new AppError('federation-entity-unreachable', { reason: 'fetch endpoint' });
    endpoint.searchParams.set('sub', subject);
    return fetch.get(endpoint.href, `application/${statementType}`);
  },
  markStatus: async (issuer, { address, mark }) =>
    issuer === own.self
      ? own.trustMarkStatus(mark)
      : fetch.post(address, { trust_mark: mark }, `application/${markStatusType}`),
});

/** Reads where an entity says one of its endpoints is; null when it says nothing that is an address. */
export const endpointOf = ({ claims }: Statement, name: string): URL | null => {
  const address = claims.metadata?.[federationEntity]?.[name];
  return typeof address === 'string' && URL.canParse(address) ? new URL(address) : null;
};
