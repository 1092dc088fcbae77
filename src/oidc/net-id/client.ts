import { importJWK, type JWK } from 'jose';
import * as client from 'openid-client';
import { createAddressGuard } from '../../base/address-guard.ts';
import { AppError } from '../../base/error.ts';
import { createPeerFetch } from '../recognition/peer-fetch.ts';

/** The net-ID service, and as what this instance is registered there. */
export interface NetIdClientSettings {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  privateHosts: readonly string[];
  /** How long one answer may take; three seconds when absent. */
  timeoutMilliseconds?: number;
}

/** How long what the service says of its endpoints is gone by. */
const usableMilliseconds = 10 * 60_000;

/** The algorithms by which its ID tokens may be signed, as far as it names them. */
const algorithms = ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'];

const refusals = { elsewhere: 'net-id-answer-invalid', unavailable: 'net-id-unavailable' } as const;

/**
 * Makes the client of the service: private_key_jwt, its own origin only, off private networks, signatures checked, by the
 * algorithms named here. Throws net-id-unavailable, and what the library throws.
 */
export function createNetIdClient(
  settings: NetIdClientSettings,
  nowMilliseconds: () => number,
): () => Promise<client.Configuration> {
  let known: { configuration: client.Configuration; readAt: number } | null = null;
  return async () => {
    const now = nowMilliseconds();
    if (known === null || now - known.readAt >= usableMilliseconds)
      known = { configuration: await discover(settings), readAt: now };
    return known.configuration;
  };
}

const discover = async (settings: NetIdClientSettings): Promise<client.Configuration> => {
  const { issuer, clientId, privateJwk, privateHosts, timeoutMilliseconds } = settings;
  const guarded = createPeerFetch(issuer, createAddressGuard(privateHosts), timeoutMilliseconds, refusals);
  const send: client.CustomFetch = async (address, options) => {
    const answer = await guarded(address, options);
    // A server that is down may say so on a page.
    if (answer.status >= 500) throw new AppError('net-id-unavailable');
    return answer;
  };
  const key = await importJWK(privateJwk, privateJwk.alg ?? 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('a client proves itself by a key pair');
  const { kid } = privateJwk;
  const proof = client.PrivateKeyJwt(kid === undefined ? key : { key, kid });
  const execute = [
    client.enableNonRepudiationChecks,
    ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
  ];
  const options = { [client.customFetch]: send, execute };
  const first = await client.discovery(new URL(issuer), clientId, {}, proof, options);
  const { supportsPKCE: _, ...found } = first.serverMetadata();
  const offered = found.id_token_signing_alg_values_supported ?? ['RS256'];
  const accepted = offered.filter((algorithm) => algorithms.includes(algorithm));
  const metadata = { ...found, id_token_signing_alg_values_supported: accepted };
  const configuration = new client.Configuration(metadata, clientId, {}, proof);
  configuration[client.customFetch] = send;
  for (const step of execute) step(configuration);
  return configuration;
};

/** Says what became of a call or an answer in the words of the catalogue; what is no answer of the service stays as it is. */
export function refusalOf(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof AppError) return cause;
  if (error instanceof client.AuthorizationResponseError) {
    if (error.error === 'access_denied') return new AppError('net-id-declined');
    if (['server_error', 'temporarily_unavailable'].includes(error.error))
      return new AppError('net-id-unavailable', {}, { cause: error });
  }
  return isOfAnswer(error) ? new AppError('net-id-answer-invalid', {}, { cause: error }) : error;
}

const isOfAnswer = (error: unknown): boolean =>
  error instanceof client.ClientError ||
  error instanceof client.AuthorizationResponseError ||
  error instanceof client.ResponseBodyError ||
  error instanceof client.WWWAuthenticateChallengeError;
