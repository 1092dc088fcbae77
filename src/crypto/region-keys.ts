import type { Clock } from '../base/clock.ts';
import type { PublicJwk } from './credential-jwt.ts';
import { newSigningKey, type SigningJwk } from './key-ring.ts';
import { signKeySet } from './key-set.ts';
import { type DecryptionJwk, decryptMessage, type MessageRoute, signMessage } from './peer-message.ts';
import type { OpenedRing, Ring, RingDeps, RotateOptions, RotateResult } from './ring.ts';
import { type DocumentHeader, type DocumentSignature, signDocument } from './signed-document.ts';
import { type KeptKey, type KeyToken, openSigner, signingKeyMaker } from './signer.ts';
import { type PublicEcJwk, publicEcPart } from './thumbprint.ts';

/** The key with which a region makes agreements; other regions pin its thumbprint. It signs agreements and the rules for the regions below. */
export interface AgreementKeys {
  /** Reads the public halves of the key that signs and of the one to come, which a rotation announces before it is used. */
  load(): Promise<{ current: PublicEcJwk; next: PublicEcJwk }>;
  /** Signs bytes by the key of that thumbprint, retired or to come: an event chain says which is its own. Throws an Error when there is none. */
  sign(keyId: string, bytes: Uint8Array, header: DocumentHeader): Promise<DocumentSignature>;
  /** Signs the region's operational keys by the current agreement key. */
  signKeySet(issuer: string, keys: readonly PublicJwk[]): Promise<string>;
  rotate(options?: RotateOptions): Promise<RotateResult>;
}

/** The operational keys of a region towards others: messages are signed and answers are encrypted with them. */
export interface PeerKeys {
  /** Reads the public halves, to be put into the signed key set. */
  published(): Promise<PublicJwk[]>;
  sign(route: MessageRoute, content: Record<string, unknown>): Promise<string>;
  /** Decrypts what was encrypted to this region; null for anything else. */
  decrypt(sealed: string, contentType: string): Promise<string | null>;
  rotate(options?: RotateOptions): Promise<RotateResult>;
}

/** Names the maker of the kind that the ring of agreement keys holds. */
export const agreementKeyMakers = (token: KeyToken | null): RingDeps['makers'] => ({
  agreement: signingKeyMaker(token),
});

/** Names the makers of the kinds that the ring of operational keys holds. */
export const peerKeyMakers: RingDeps['makers'] = {
  signing: newSigningKey,
  encryption: async () => {
    const { id, secret } = await newSigningKey();
    const key = JSON.parse(secret.toString('utf8'));
    return { id, secret: Buffer.from(JSON.stringify({ ...publicEcPart(key), d: key.d, kid: id })) };
  },
};

/** Makes the agreement keys over their ring; a retired one is kept, since a chain may still be signed by it. */
export const createAgreementKeys = (ring: Ring, clock: Clock, token: KeyToken | null): AgreementKeys => {
  const keysOf = async () => jwksOf<KeptKey>(await ring.read(), 'agreement');
  return {
    async load() {
      const [current, next] = await keysOf();
      if (!current || !next) throw gone();
      return { current: publicEcPart(current), next: publicEcPart(next) };
    },
    async sign(keyId, bytes, header) {
      const key = (await keysOf()).find(({ kid }) => kid === keyId);
      if (!key) throw gone();
      return signDocument(await openSigner(key, token), bytes, header);
    },
    async signKeySet(issuer, keys) {
      const [current] = await keysOf();
      if (!current) throw gone();
      return signKeySet(await openSigner(current, token), { issuer, keys, clock });
    },
    rotate: (options) => ring.rotate(options),
  };
};

/** Makes the operational keys over their ring. */
export const createPeerKeys = (ring: Ring, clock: Clock): PeerKeys => ({
  async published() {
    const opened = await ring.read();
    const signing = jwksOf<SigningJwk & PublicEcJwk>(opened, 'signing').map((key) => ({
      ...publicEcPart(key),
      kid: key.kid,
      use: 'sig',
      alg: 'ES256',
    }));
    const encryption = jwksOf<DecryptionJwk>(opened, 'encryption').map((key) => ({
      ...publicEcPart(key),
      kid: key.kid,
      use: 'enc',
      alg: 'ECDH-ES+A256KW',
    }));
    return [...signing, ...encryption];
  },
  async sign(route, content) {
    const [current] = jwksOf<SigningJwk>(await ring.read(), 'signing');
    if (!current) throw gone();
    return signMessage(current, route, { content, clock });
  },
  async decrypt(sealed, contentType) {
    return decryptMessage(sealed, {
      keys: jwksOf<DecryptionJwk>(await ring.read(), 'encryption'),
      contentType,
    });
  },
  rotate: (options) => ring.rotate(options),
});

/** The keys of a kind in their order: the current, the next, then the retired. */
const jwksOf = <T>({ entries }: OpenedRing, kind: string): T[] =>
  entries.filter((entry) => entry.kind === kind).map((entry): T => JSON.parse(entry.secret.toString('utf8')));

const gone = (): Error =>
  new Error(
    'A key towards other regions was made and is gone. Fix: restore the storage from its last backup.',
  );
