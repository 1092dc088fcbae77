import * as client from 'openid-client';
import { createAddressGuard } from '../../base/address-guard.ts';
import { AppError } from '../../base/error.ts';
import { createPeerFetch } from './peer-fetch.ts';
import type { OtherRegionDeps } from './ports.ts';
import type { Standings } from './standings.ts';

/** This region as a client of others: its configuration towards one of them. */
export type PeerClients = (entityId: string) => Promise<client.Configuration>;

type PeerClientDeps = Pick<OtherRegionDeps, 'self' | 'peerKeys' | 'clock' | 'privateHosts'> & {
  standings: Standings;
};

/** How long what a region says of its endpoints is gone by. */
const usableMilliseconds = 10 * 60_000;

/**
 * Makes the client: private_key_jwt and request objects by this region's operational keys, answers held to the keys that
 * the other's agreement key vouches for. What stands at its jwks_uri is never fetched: who takes over its address signs
 * nobody in. Throws other-region-unavailable, and what the library throws.
 */
export function createPeerClients(deps: PeerClientDeps): PeerClients {
  const guard = createAddressGuard(deps.privateHosts);
  const known = new Map<string, { configuration: client.Configuration; readAt: number }>();
  return async (entityId) => {
    const now = deps.clock.now().getTime();
    const found = known.get(entityId);
    if (found !== undefined && now - found.readAt < usableMilliseconds) return found.configuration;
    const configuration = await discover(deps, entityId, createPeerFetch(entityId, guard));
    known.set(entityId, { configuration, readAt: now });
    return configuration;
  };
}

const discover = async (
  deps: PeerClientDeps,
  entityId: string,
  send: client.CustomFetch,
): Promise<client.Configuration> => {
  const { issuer } = deps.self;
  const metadata = { id_token_signed_response_alg: 'ES256', require_signed_request_object: true };
  const configuration = await client.discovery(new URL(entityId), issuer, metadata, assertOf(deps), {
    [client.customFetch]: send,
    execute: [
      client.enableNonRepudiationChecks,
      ...(entityId.startsWith('http:') ? [client.allowInsecureRequests] : []),
    ],
  });
  const { jwks_uri } = configuration.serverMetadata();
  configuration[client.customFetch] = async (address, options) =>
    address === jwks_uri
      ? Response.json({ keys: await deps.standings.signingKeys(entityId) })
      : send(address, options);
  return configuration;
};

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Authenticates by private_key_jwt (RFC 7523, from memory); the key never leaves its ring. */
const assertOf = ({ self, peerKeys }: PeerClientDeps): client.ClientAuth => {
  const { issuer } = self;
  const prove = async (server: client.ServerMetadata, body: URLSearchParams): Promise<void> => {
    const route = { type: 'client-authentication+jwt', issuer, audience: server.issuer };
    body.set('client_id', issuer);
    body.set('client_assertion_type', assertionType);
    body.set('client_assertion', await peerKeys.sign(route, { sub: issuer }));
  };
  // The library waits for it, whatever its type says.
  return (server, _metadata, body) => prove(server, body);
};

const closed = /^agreement_|^invalid_client$|^unauthorized_client$/;
const notCovered = /^(?:purpose_not_covered|claim_not_covered|invalid_scope)$/;
const level = /^(?:unmet_authentication_requirements|insufficient_assurance)$/;

/** Says what became of a call or an answer in the words of the catalogue; what is no answer of a peer stays as it is. */
export function refusalOf(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof AppError) return cause;
  const code = errorCodeOf(error);
  if (code === null && !(error instanceof client.ClientError)) return error;
  if (code === null) return new AppError('other-region-answer-invalid', {}, { cause: error });
  if (level.test(code)) return new AppError('other-region-level');
  if (notCovered.test(code)) return new AppError('other-region-not-covered');
  if (closed.test(code)) return new AppError('other-region-closed', {}, { cause: error });
  if (code === 'access_denied') return new AppError('other-region-declined');
  if (['server_error', 'temporarily_unavailable'].includes(code))
    return new AppError('other-region-unavailable', {}, { cause: error });
  return new AppError('other-region-answer-invalid', {}, { cause: error });
}

/** The code that the other region gave, in its answer or in the browser's address; null when it gave none. */
const errorCodeOf = (error: unknown): string | null => {
  if (error instanceof client.ResponseBodyError) return error.status >= 500 ? 'server_error' : error.error;
  if (error instanceof client.AuthorizationResponseError) {
    // The gate's reason comes as the description of a registered code.
    const reason = error.error_description ?? '';
    return error.error === 'access_denied' && closed.test(reason) ? reason : error.error;
  }
  return null;
};
