/** Why a request of a site was refused, as its developer is told; each has its words in views/text/doctor-*. */
export const causes = [
  'clientUnknown',
  'logoutAddress',
  'redirectUri',
  'pkceMissing',
  'pkceVerifier',
  'assertionMissing',
  'assertionAudience',
  'assertionTooLong',
  'assertionExpired',
  'assertionReplayed',
  'assertionAlgorithm',
  'assertionKey',
  'assertionClaims',
  'dpopMethod',
  'dpopAddress',
  'dpopTime',
  'dpopReplayed',
  'dpopMissing',
  'dpopProof',
  'pushedNeeded',
  'pushedUnusable',
  'grantType',
  'responseType',
  'scope',
  'codeUnusable',
  'tokenUnusable',
  'personDeclined',
  'stepNeeded',
  'visitOver',
  'parameter',
  'quota',
  'ours',
  'other',
] as const;

export type Cause = (typeof causes)[number];

/** What the library throws: `error_detail` stays inside, and says most. */
export interface Refusal extends Error {
  error_description?: string;
  error_detail?: string;
}

/** Read against "error: description (detail)"; the first that fits counts. The texts are those of oidc-provider 9.13.3 [M]. */
const signs: readonly (readonly [Cause, RegExp])[] = [
  ['clientUnknown', /client not found|client is invalid/],
  ['logoutAddress', /post_logout_redirect_uri/],
  ['redirectUri', /redirect_uri/],
  ['pkceVerifier', /code_verifier/],
  ['pkceMissing', /requires PKCE|code_challenge/],
  ['dpopMethod', /htm mismatch/],
  ['dpopAddress', /htu mismatch/],
  ['dpopTime', /iat is not recent|^use_dpop_nonce/],
  ['dpopReplayed', /DPoP proof JWT Replay/],
  ['dpopMissing', /DPoP proof JWT not provided|`DPoP`|failed jkt verification/],
  ['dpopProof', /DPoP|^invalid_dpop_proof|dpop_jkt/],
  ['assertionMissing', /no client authentication mechanism|registered client authentication method/],
  ['assertionAudience', /\baudience \(aud\)|aud \(JWT audience\)/],
  ['assertionTooLong', /client assertion may live/],
  ['assertionExpired', /^invalid_client.*jwt expired/],
  ['assertionReplayed', /^invalid_client.*(only be used once|already used)/],
  ['assertionAlgorithm', /^invalid_client.*alg mismatch/],
  ['assertionKey', /^invalid_client.*(no applicable key|signature verification|jwks_uri)/],
  ['assertionClaims', /^invalid_client|client_assertion/],
  ['pushedNeeded', /Pushed Authorization Request must be used/],
  ['pushedUnusable', /^invalid_request_uri/],
  ['grantType', /grant type|^unsupported_grant_type|is not allowed for this client$/],
  ['responseType', /response_type|response_mode/],
  ['scope', /^invalid_scope|^insufficient_scope|openid scope/],
  ['codeUnusable', /^invalid_grant/],
  ['tokenUnusable', /^invalid_token/],
  ['personDeclined', /^access_denied/],
  ['stepNeeded', /^(login|consent|interaction|account_selection)_required/],
  ['quota', /quota of requests/],
  ['parameter', /missing required|must not be provided twice|^invalid_request/],
];

/** Names the cause of a refusal. */
export function causeOf(refusal: Refusal & { expose?: boolean }): Cause {
  if (refusal.expose !== true) return 'ours';
  if (refusal.name === 'SessionNotFound') return 'visitOver';
  const { message, error_description: description = '', error_detail: detail = '' } = refusal;
  const text = `${message}: ${description} (${detail})`;
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? 'other';
}
