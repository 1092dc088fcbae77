import type { Clock } from '../base/clock.ts';
import type { CredentialKeys, PublicJwk } from './credential-jwt.ts';
import { newSigningKey, type SigningJwk } from './key-ring.ts';
import type { MasterKey } from './master-key.ts';
import { createRing, type FreshSecret, type Ring, type RotateOptions, type RotateResult } from './ring.ts';
import type { RingStore } from './store.ts';

/** The keys with which a region signs credentials, offline codes and the lists of their statuses; they sign nothing else. */
export interface CredentialKeyRing {
  /** Reads the key that signs and all that are published: it, the one to come, and every retired one. */
  load(): Promise<CredentialKeys>;
  /** Makes the published next key sign; what the former signed still verifies. */
  rotate(options?: RotateOptions): Promise<RotateResult>;
}

/**
 * Makes the ring of the keys of credentials. The certificates of a marriage or a house have no end,
 * and neither have their credentials; so a retired key is published for ever, and what a credential is still worth its
 * status list says. A region that signed credentials by the provider's keys, as it did before it had these, keeps the
 * public halves of those among the retired: `provider` is read before its own ring is made, so a new region keeps none.
 */
export const createCredentialRing = ({
  provider,
  ...shared
}: {
  store: RingStore;
  masterKey: MasterKey;
  clock: Clock;
  provider: Ring;
}): Ring =>
  createRing({
    ...shared,
    name: 'credential-keys',
    overlapSeconds: null,
    makers: { credential: newSigningKey },
    former: { credential: () => publicHalvesOf(provider) },
  });

/** Opens the keys of credentials, making them on the first start. */
export const openCredentialKeys = async (ring: Ring): Promise<CredentialKeyRing> => {
  await ring.read();
  return {
    async load() {
      const keys = (await ring.read()).entries.map((entry) => jwkOf(entry.secret));
      const [signing] = keys;
      if (signing?.['d'] === undefined)
        throw new Error(
          'The credential-keys hold none that signs. Fix: restore the storage from its last backup.',
        );
      return { signing, published: { keys: keys.map(publicHalfOf) } };
    },
    rotate: (options) => ring.rotate(options),
  };
};

const publicHalvesOf = async (provider: Ring): Promise<FreshSecret[]> => {
  const entries = (await provider.find())?.entries ?? [];
  return entries
    .filter(({ kind }) => kind === 'signing')
    .map(({ id, secret }) => ({ id, secret: Buffer.from(JSON.stringify(publicHalfOf(jwkOf(secret)))) }));
};

const jwkOf = (secret: Buffer): SigningJwk => JSON.parse(secret.toString('utf8'));

const publicHalfOf = ({ d: _private, ...rest }: SigningJwk): PublicJwk => rest;
