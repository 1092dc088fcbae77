import { calculateJwkThumbprint } from 'jose';
import { sm2, sm3 } from 'sm-crypto-v2';

/** The public half of an SM2 key as a JWK. No registered JOSE name exists for SM2: `crv` and `alg` are of our own design. */
export interface NationalPublicJwk {
  kty: 'EC';
  crv: 'SM2';
  x: string;
  y: string;
  /** Computed as RFC 7638 does for elliptic curves, by SHA-256. */
  kid: string;
  alg: 'SM2';
  use: 'sig';
}

/** An SM2 key with its private half. */
export interface NationalJwk extends NationalPublicJwk {
  d: string;
}

/** The national suite (商用密码): signatures by SM2 (GB/T 32918) with SM3 (GB/T 32905). */
export interface NationalSuite {
  newKey(): Promise<NationalJwk>;
  /** Signs a message under the default user id; the signature is r and s, 64 bytes, base64url. */
  sign(key: NationalJwk, message: Uint8Array): string;
  /** Tells whether a signature is one of that key over that message; a malformed one is not. */
  verify(key: NationalPublicJwk, message: Uint8Array, signature: string): boolean;
}

/** What is used of the library; never node:crypto, whose SM2 signatures have an empty user id or are plain ECDSA. */
export interface NationalLibrary {
  sm2: Pick<
    typeof sm2,
    'doSignature' | 'doVerifySignature' | 'generateKeyPairHex' | 'getPublicKeyFromPrivateKey'
  >;
  sm3: (input: Uint8Array) => string;
}

/** The default of the standard; said each time, lest a default of the library change. */
const options = { hash: true, userId: '1234567812345678' } as const;
const signatureBytes = 64;

/**
 * Opens the suite after it has given the known answers. Throws an Error that names the fix when it does not: a process
 * whose SM2 is wrong must not start, since what it sealed could be verified by nobody.
 */
export const openNationalSuite = (library: NationalLibrary = { sm2, sm3 }): NationalSuite => {
  const failed = knownAnswers(library).find(([, holds]) => !isTrue(holds));
  if (failed) {
    throw new Error(
      `The national suite (SM2 with SM3) fails its known-answer test: ${failed[0]}. ` +
        'Fix: install the dependencies anew from the lock file (npm ci) and start again; nothing was sealed.',
    );
  }
  return {
    async newKey() {
      const { publicKey, privateKey } = library.sm2.generateKeyPairHex();
      const point = {
        kty: 'EC',
        crv: 'SM2',
        x: toText(publicKey.slice(2, 66)),
        y: toText(publicKey.slice(66)),
      };
      const kid = await calculateJwkThumbprint(point, 'sha256');
      return { ...point, kty: 'EC', crv: 'SM2', d: toText(privateKey), kid, alg: 'SM2', use: 'sig' };
    },
    sign: (key, message) =>
      toText(library.sm2.doSignature(message, toHex(key.d), { ...options, publicKey: pointOf(key) })),
    verify: (key, message, signature) => {
      // Writing it out again refuses what a lenient reader of base64url would pass over.
      const bytes = Buffer.from(signature, 'base64url');
      if (bytes.length !== signatureBytes || bytes.toString('base64url') !== signature) return false;
      return isTrue(() =>
        library.sm2.doVerifySignature(message, bytes.toString('hex'), pointOf(key), options),
      );
    },
  };
};

const toText = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const toHex = (text: string): string => Buffer.from(text, 'base64url').toString('hex');
const pointOf = ({ x, y }: NationalPublicJwk): string => `04${toHex(x)}${toHex(y)}`;

/** The library throws for numbers out of range, which for a signature means no. */
const isTrue = (holds: () => boolean): boolean => {
  try {
    return holds();
  } catch {
    return false;
  }
};

/** The example of GM/T 0003.5. Its random number, and the abscissa that belongs to it, follow from d, r, s and e. */
const vector = {
  message: Buffer.from('message digest', 'utf8'),
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  random: {
    k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
    x1: 0x4ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73n,
  },
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
} as const;
const sm3OfAbc = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';

const knownAnswers = ({ sm2, sm3 }: NationalLibrary): [what: string, holds: () => boolean][] => {
  const { message, privateKey, publicKey, random, signature } = vector;
  const fresh = () => sm2.doSignature(message, privateKey, options);
  const rOf = (signed: string) => signed.slice(0, 64);
  return [
    ['SM3 of "abc"', () => sm3(Buffer.from('abc')) === sm3OfAbc],
    ['the public key', () => sm2.getPublicKeyFromPrivateKey(privateKey) === publicKey],
    [
      'the signature',
      () => sm2.doSignature(message, privateKey, { ...options, pointPool: [{ ...random }] }) === signature,
    ],
    ['verification', () => sm2.doVerifySignature(message, signature, publicKey, options)],
    [
      'refusal of another message',
      () => !sm2.doVerifySignature(Buffer.from('message digesu'), signature, publicKey, options),
    ],
    // Two signatures with one random number give the private key away.
    ['fresh random numbers', () => new Set([rOf(fresh()), rOf(fresh())]).size === 2],
  ];
};
