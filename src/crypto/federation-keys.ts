import type { JWTPayload } from 'jose';
import { type PublicJwk, signJwt } from './credential-jwt.ts';
import { newSigningKey, type SigningJwk } from './key-ring.ts';
import type { OpenedRing, Ring, RingDeps, RotateOptions, RotateResult } from './ring.ts';

/** The keys with which an instance speaks in a federation; they sign nothing else. */
export interface FederationKeys {
  /** Reads the public halves: the one that signs, the one to come, then the retired. */
  published(): Promise<PublicJwk[]>;
  /** Signs a token of a type by the current key. */
  sign(type: string, claims: JWTPayload): Promise<string>;
  rotate(options?: RotateOptions): Promise<RotateResult>;
}

/** Names the maker of the kind that the ring of federation keys holds. */
export const federationKeyMakers: RingDeps['makers'] = { federation: newSigningKey };

/** Makes the federation keys over their ring. */
export const createFederationKeys = (ring: Ring): FederationKeys => ({
  published: async () => keysOf(await ring.read()).map(({ d: _private, ...rest }) => rest),
  async sign(type, claims) {
    const [current] = keysOf(await ring.read());
    if (!current)
      throw new Error(
        'The federation keys hold none that signs. Fix: restore the storage from its last backup.',
      );
    return signJwt(current, type, claims);
  },
  rotate: (options) => ring.rotate(options),
});

const keysOf = ({ entries }: OpenedRing): SigningJwk[] =>
  entries.map((entry): SigningJwk => JSON.parse(entry.secret.toString('utf8')));
