import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { PublishedKeys } from '../../src/crypto/index.ts';

/** An entity of a federation that tests write by hand: its statements are whatever a test says. */
export interface Entity {
  id: string;
  keys: PublishedKeys;
  /** Signs a statement about a subject; claims of the test's own come last, and so do members of the header. */
  state(sub: string, claims?: object, header?: object): Promise<string>;
  sign(type: string, claims: object): Promise<string>;
}

/** Makes an entity with a key of its own that speaks at an instant. */
export async function createEntity(id: string, nowSeconds: number): Promise<Entity> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  // The same name for every key: only the signature tells them apart.
  const kid = 'key-1';
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
  const keys = { keys: [jwk] };
  const sign = (claims: object, header: object): Promise<string> =>
    new SignJWT({ iss: id, iat: nowSeconds, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, ...header })
      .sign(privateKey);
  return {
    id,
    keys,
    state: (sub, claims = {}, header = {}) =>
      sign(
        { sub, exp: nowSeconds + 600, ...(sub === id ? { jwks: keys } : {}), ...claims },
        { typ: 'entity-statement+jwt', ...header },
      ),
    sign: (type, claims) => sign(claims, { typ: type }),
  };
}
