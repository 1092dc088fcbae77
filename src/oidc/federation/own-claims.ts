import type { PublishedKeys } from '../../crypto/index.ts';
import { providerPaths } from '../configuration.ts';
import { federationEntity } from './constraints.ts';
import type { EntityClaims, MetadataPolicy } from './statement.ts';
import type { Subordinate } from './subordinates.ts';

/** Who speaks, and since when and until when. */
export interface Speaker {
  self: string;
  nowSeconds: number;
}

/** Where the endpoints of the federation are, below the issuer. */
export const federationPaths = {
  configuration: '/.well-known/openid-federation',
  fetch: '/federation/fetch',
  list: '/federation/list',
  resolve: '/federation/resolve',
  trustMark: '/federation/trust-mark',
  trustMarkStatus: '/federation/trust-mark-status',
} as const;

/** How long others may go by a statement, and by a trust mark. Designs of this project. */
export const statementTtlSeconds = 86_400;
export const trustMarkTtlSeconds = 86_400;

/** Names the mark of those who joined a framework of an operator (框架成员). One type an operator: a design of this project. */
export const membershipMarkOf = (operator: string): string => `${operator}/federation/framework-member`;

/** What an instance is at the moment it speaks of itself. */
export interface OwnEntity extends Speaker {
  name: string;
  keys: PublishedKeys;
  superiors: readonly string[];
  hasSubordinates: boolean;
  trustMarks: NonNullable<EntityClaims['trust_marks']>;
}

/**
 * Says what an instance is (its entity configuration, 实体配置). Nobody registers by federation here, so no type of client
 * registration is offered; an entity without subordinates names no endpoint to ask about them.
 */
export function configurationClaims(own: OwnEntity): EntityClaims {
  const { self, name, keys, superiors, hasSubordinates, trustMarks } = own;
  const at = (path: string): string => `${self}${path}`;
  return {
    ...spoken(own, self),
    jwks: keys as EntityClaims['jwks'],
    metadata: {
      [federationEntity]: {
        organization_name: name,
        federation_resolve_endpoint: at(federationPaths.resolve),
        federation_trust_mark_endpoint: at(federationPaths.trustMark),
        federation_trust_mark_status_endpoint: at(federationPaths.trustMarkStatus),
        ...(hasSubordinates
          ? {
              federation_fetch_endpoint: at(federationPaths.fetch),
              federation_list_endpoint: at(federationPaths.list),
            }
          : {}),
      },
      openid_provider: { organization_name: name, ...providerMetadata(self) },
    },
    ...(superiors.length === 0 ? {} : { authority_hints: [...superiors] }),
    ...(trustMarks.length === 0 ? {} : { trust_marks: trustMarks }),
    trust_mark_issuers: { [membershipMarkOf(self)]: [self] },
  };
}

const providerMetadata = (issuer: string): Record<string, unknown> => ({
  issuer,
  authorization_endpoint: `${issuer}${providerPaths.authorization}`,
  token_endpoint: `${issuer}${providerPaths.token}`,
  pushed_authorization_request_endpoint: `${issuer}${providerPaths.pushed_authorization_request}`,
  userinfo_endpoint: `${issuer}${providerPaths.userinfo}`,
  jwks_uri: `${issuer}${providerPaths.jwks}`,
  response_types_supported: ['code'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['ES256'],
  client_registration_types_supported: [],
});

/** What this instance asks of every site below it, as it asks of those that are registered here. */
const policy: MetadataPolicy = {
  openid_relying_party: {
    response_types: { subset_of: ['code'], default: ['code'] },
    token_endpoint_auth_method: { value: 'private_key_jwt' },
    subject_type: { value: 'pairwise' },
    id_token_signed_response_alg: { value: 'ES256' },
  },
};

/** Says what this instance vouches for of an entity below it (下级声明): its keys, what it may be, and on what terms. */
export function subordinateClaims(speaker: Speaker, subordinate: Subordinate): EntityClaims {
  const { entityId, keys, entityTypes } = subordinate;
  const types = entityTypes.filter((type) => type !== federationEntity);
  return {
    ...spoken(speaker, entityId),
    jwks: { keys } as EntityClaims['jwks'],
    metadata_policy: policy,
    constraints: {
      // A city stands above its sites; below a site there is nobody.
      max_path_length: types.length < entityTypes.length ? 1 : 0,
      allowed_entity_types: types,
    },
    source_endpoint: `${speaker.self}${federationPaths.fetch}`,
  };
}

const spoken = ({ self, nowSeconds }: Speaker, sub: string) => ({
  iss: self,
  sub,
  iat: nowSeconds,
  exp: nowSeconds + statementTtlSeconds,
});
