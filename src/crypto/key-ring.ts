import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { newId } from '../base/id.ts';
import { nextEnd, type RingEntry } from './lifecycle.ts';
import type { FreshSecret, OpenedRing, Ring, RingDeps, RotateOptions, RotateResult } from './ring.ts';

/** A private ES256 key as the provider takes it; `kid` is its RFC 7638 thumbprint. */
export interface SigningJwk extends JWK {
  kty: 'EC';
  kid: string;
  alg: 'ES256';
  use: 'sig';
}

/** What may be shown of a signing key. */
export type SigningKeyStatus = Pick<RingEntry, 'state' | 'createdAt' | 'verifyUntil'> & { kid: string };

/** The ring at one instant; private keys and secrets in the clear, for the provider only. */
export interface LoadedKeyRing {
  /** Rises with each rotation: a process that finds another number loads again. */
  version: number;
  /** The key that signs. */
  signing: SigningJwk;
  /** Every key to publish: current (the provider signs with the first), next, then retired with the newest first. */
  jwks: { keys: SigningJwk[] };
  /** The first signs cookies, all verify. The next one is among them, for a process that has rotated before this one has seen it. */
  cookieSecrets: string[];
  keys: SigningKeyStatus[];
  /** When a retired key or secret ends by itself and the ring should be loaded again; null when none will. */
  changesAt: Date | null;
}

/** The signing keys of the OpenID Provider and the secrets of its cookies. */
export interface KeyRing {
  /** Reads the ring, leaving out what has ended. Throws an Error naming the fix when the master key does not fit. */
  load(): Promise<LoadedKeyRing>;
  /** Makes the published next key sign, keeps the old one published for the overlap, publishes a new next; cookie secrets likewise. */
  rotate(options?: RotateOptions): Promise<RotateResult>;
}

/** Makes an ES256 key, named by its RFC 7638 thumbprint; the secret is the private JWK as text. */
export const newSigningKey = async (): Promise<FreshSecret> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk, 'sha256');
  return { id: kid, secret: Buffer.from(JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' })) };
};

/** Names the makers of the kinds that a key ring holds. */
export const keyRingMakers: RingDeps['makers'] = {
  signing: newSigningKey,
  cookie: async (): Promise<FreshSecret> => ({ id: newId(), secret: randomBytes(32) }),
};

/** Makes the key ring over its ring of secrets. */
export const createKeyRing = (ring: Ring, clock: RingDeps['clock']): KeyRing => ({
  load: async () => toLoaded(await ring.read(), clock.now()),
  rotate: (options) => ring.rotate(options),
});

const toLoaded = (opened: OpenedRing, now: Date): LoadedKeyRing => {
  const signingEntries = opened.entries.filter((entry) => entry.kind === 'signing');
  const keys = signingEntries.map((entry): SigningJwk => JSON.parse(entry.secret.toString('utf8')));
  const signing = keys[0];
  if (!signing || signingEntries[0]?.state !== 'current') {
    throw new Error(
      'The key-ring in this storage has no current signing key. Fix: restore it from its last backup.',
    );
  }
  return {
    version: opened.version,
    signing,
    jwks: { keys },
    cookieSecrets: opened.entries
      .filter((entry) => entry.kind === 'cookie')
      .map((entry) => entry.secret.toString('base64url')),
    keys: signingEntries.map(({ id, state, createdAt, verifyUntil }) => ({
      kid: id,
      state,
      createdAt,
      verifyUntil,
    })),
    changesAt: nextEnd(opened.entries, now),
  };
};
