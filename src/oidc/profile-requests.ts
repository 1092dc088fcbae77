import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isDemanded, profileOfClient } from './profiles.ts';

const signedIntrospection = 'application/token-introspection+jwt';
const longestRequestSeconds = 3600;

/**
 * Holds a site that proves itself to its rung: the assertion is for the issuer alone, so that no other server can use it, and
 * an introspection asks for the signed answer (RFC 9701). The library checks neither by client [M]. Throws
 * invalid_client, invalid_request.
 */
export function assertProfile(ctx: KoaContextWithOIDC, claims: { aud?: unknown }, client: object): void {
  const profile = profileOfClient(client);
  if (isDemanded(profile, 'audience') && claims.aud !== ctx.oidc.issuer)
    throw Object.assign(new errors.InvalidClientAuth(), {
      error_description: `audience (aud) must be ${ctx.oidc.issuer} and nothing beside it`,
    });
  if (!isDemanded(profile, 'signedIntrospection') || ctx.oidc.route !== 'introspection') return;
  if (ctx.accepts('json', signedIntrospection) !== signedIntrospection)
    throw new errors.InvalidRequest(`this site asks with Accept: ${signedIntrospection}`);
}

/**
 * Takes a signed request (JAR, RFC 9101) of a site whose rung has a key, and refuses any other; it lives an hour at most [M].
 * Throws request_not_supported, invalid_request_object.
 */
export function assertSignedRequest(claims: { exp?: unknown; nbf?: unknown }, client: object): void {
  if (!isDemanded(profileOfClient(client), 'key')) throw new errors.RequestNotSupported();
  const livesSeconds = Number(claims.exp) - Number(claims.nbf);
  if (!(livesSeconds > 0 && livesSeconds <= longestRequestSeconds))
    throw new errors.InvalidRequestObject('exp and nbf are there, and exp at most an hour after nbf');
}
