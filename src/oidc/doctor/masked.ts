import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** What a name stands for and what of its value may be shown. */
export type Shown = [name: string, value: string];

/** A signed proof of a site, without its signature. */
export interface MaskedProof {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** A request of a site as its developer may see it again: every name, the value of what is harmless. */
export interface MaskedRequest {
  method: string;
  /** The endpoint, below the issuer. */
  path: string;
  parameters: Shown[];
  /** The scheme of the Authorization header, if there was one. */
  scheme: string | null;
  assertion: MaskedProof | null;
  dpop: MaskedProof | null;
}

const harmless = new Set([
  'acr_values',
  'client_assertion_type',
  'client_id',
  'code_challenge_method',
  'grant_type',
  'max_age',
  'prompt',
  'response_mode',
  'response_type',
  'scope',
  'token_type_hint',
  'ui_locales',
]);

const addresses = new Set(['redirect_uri', 'post_logout_redirect_uri']);

/** Chosen at random by one who follows the protocol, so that a digest tells nothing but which one it was. */
const random = new Set([
  'auth_req_id',
  'code',
  'code_challenge',
  'code_verifier',
  'device_code',
  'refresh_token',
  'request_uri',
  'token',
]);
const randomLength = 40;
const longestShown = 300;
/** An instant in seconds has ten digits, a telephone number eleven. */
const longestNumber = 1e10;

/** Takes out of a text what looks like a number of a person, and cuts it. */
export const maskText = (text: string): string => text.replace(/\d{11,}[Xx]?/g, '…').slice(0, longestShown);

const digestOf = (value: string): string =>
  `sha256:${createHash('sha256').update(value).digest('base64url').slice(0, 8)}…`;

/** An address that is not registered may hold anything in its query: the names stay. */
const maskAddress = (text: string): string => {
  if (!URL.canParse(text)) return maskText(text.replace(/[?#].*$/, '?…'));
  const names = [...new Set(new URL(text).searchParams.keys())];
  const query = names.length === 0 ? '' : `?${names.map((name) => `${name}=…`).join('&')}`;
  return maskText(text.replace(/\/\/[^/@]*@/, '//…@').replace(/[?#].*$/, '') + query);
};

const maskValue = (name: string, value: unknown, isRegistered: (address: string) => boolean): string => {
  if (typeof value !== 'string') return '…';
  if (harmless.has(name)) return maskText(value);
  if (addresses.has(name)) return isRegistered(value) ? value : maskAddress(value);
  if (random.has(name) && value.length >= randomLength) return digestOf(value);
  return value === '' ? '' : '…';
};

const shownHeader = ['alg', 'kid', 'typ'];
const shownClaims = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'htm', 'htu'];

const maskMembers = (members: Record<string, unknown>, plain: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members)
      .slice(0, 30)
      .map(([name, value]) => [maskText(name), plain.includes(name) ? maskMember(value) : '…']),
  );

const maskMember = (value: unknown): unknown => {
  if (typeof value === 'string') return /^https?:/.test(value) ? maskAddress(value) : maskText(value);
  if (Array.isArray(value))
    return value.slice(0, 5).map((one) => (typeof one === 'string' ? maskMember(one) : '…'));
  return typeof value === 'number' && value < longestNumber ? value : '…';
};

const maskProof = (proof: unknown): MaskedProof | null => {
  if (typeof proof !== 'string' || proof === '') return null;
  try {
    return {
      header: maskMembers(decodeProtectedHeader(proof), shownHeader),
      claims: maskMembers(decodeJwt(proof), shownClaims),
    };
  } catch {
    return null;
  }
};

/** Takes down a request; secrets, tokens and what could be of a person stay out. */
export function maskRequest(ctx: KoaContextWithOIDC, path: string): MaskedRequest {
  const { oidc } = ctx;
  const sent: Record<string, unknown> = {
    ...(ctx.method === 'POST' ? oidc.body : ctx.query),
    ...oidc.params,
  };
  const { client } = oidc;
  const isRegistered = (address: string): boolean =>
    client !== undefined &&
    [...(client.redirectUris ?? []), ...(client.postLogoutRedirectUris ?? [])].includes(address);
  return {
    method: ctx.method,
    path,
    parameters: Object.entries(sent)
      .filter(([, value]) => value !== undefined)
      .slice(0, 50)
      .map(([name, value]) => [maskText(name), maskValue(name, value, isRegistered)]),
    scheme: /^\w+(?= )/.exec(ctx.get('Authorization'))?.[0] ?? null,
    assertion: maskProof(sent['client_assertion']),
    dpop: maskProof(ctx.get('DPoP')),
  };
}
