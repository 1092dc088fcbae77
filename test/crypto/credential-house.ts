import { createHash } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { PublishedKeys } from '../../src/crypto/credential-jwt.ts';
import { newSigningKey, type SigningJwk } from '../../src/crypto/key-ring.ts';
import {
  type CredentialClaims,
  issueSdJwt,
  readHolderKey,
  selectDisclosures,
} from '../../src/crypto/sd-jwt.ts';
import { type CredentialCheck, verifySdJwt } from '../../src/crypto/sd-jwt-verify.ts';
import { newStatusBytes, withStatus } from '../../src/crypto/status-list.ts';
import { signStatusList } from '../../src/crypto/status-list-token.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';

export const issuer = 'https://id.b.example';
export const listUri = `${issuer}/statuses/1`;
export const credentialType = 'urn:yihao:certificate:11999999000000019M001:1';
export const audience = 'https://id.a.example';
export const nonce = 'nonce-of-this-request';
/** The frozen instant, 2026-11-24T04:00:00Z. */
export const nowSeconds = 1_795_492_800;

export const newKey = async (): Promise<SigningJwk> => {
  const { secret } = await newSigningKey();
  return JSON.parse(secret.toString('utf8'));
};

/** A region that issues, a holder, and a verifier with its clock. */
export interface CredentialHouse {
  region: SigningJwk;
  clock: FrozenClock;
  /** What the list says of the credential, and which address it claims. */
  list: { status: 'valid' | 'invalid' | 'suspended'; sub: string; signing: SigningJwk };
  fetched: string[];
  issue(claims?: Partial<CredentialClaims>, isBound?: boolean): Promise<string>;
  /** Shows name and sex, with a proof of the holder; `proof` and `header` change what the proof says. */
  present(credential: string, proof?: object, header?: object): Promise<string>;
  /** Adds a proof by another key, or over another text. */
  prove(shown: string, proof?: object, header?: object, key?: object): Promise<string>;
  verify(text: string, more?: Partial<CredentialCheck>): ReturnType<typeof verifySdJwt>;
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Signs whatever it is given, as an issuer gone astray would. */
export const signRaw = async (signing: SigningJwk, payload: object, header: object = {}): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'dc+sd-jwt', kid: signing.kid, ...header })
    .sign(await importJWK({ ...signing }, 'ES256'));

export const rawClaims = {
  iss: issuer,
  vct: credentialType,
  iat: nowSeconds,
  status: { status_list: { idx: 7, uri: listUri } },
};

const personal = {
  number: '999999199001010016',
  holders: [{ type: '111', code: '999999199001010016', name: '林𠮷安' }],
  fields: { sex: '男', birthDate: '1990-01-01', address: '示例省示例市示例路1号' },
};
const frame = {
  _sd: ['number'],
  holders: { '0': { _sd: ['type', 'code', 'name'] } },
  fields: { _sd: ['sex', 'birthDate', 'address'] },
};

/** Makes keys and a frozen clock; the list is signed anew at each fetch. */
export async function openCredentialHouse(): Promise<CredentialHouse> {
  const region = await newKey();
  const clock = frozenClock();
  const pair = await generateKeyPair('ES256', { extractable: true });
  const holderPrivate = await exportJWK(pair.privateKey);
  const { jwk: holder } = await readHolderKey(await exportJWK(pair.publicKey));
  const list: CredentialHouse['list'] = { status: 'valid', sub: listUri, signing: region };
  const fetched: string[] = [];
  const published: PublishedKeys = { keys: [await newKey(), region] };

  const prove: CredentialHouse['prove'] = async (shown, proof = {}, header = {}, key = holderPrivate) => {
    const claims = { iat: nowSeconds, aud: audience, nonce, sd_hash: digestOf(shown), ...proof };
    const signer = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt', ...header });
    return shown + (await signer.sign(await importJWK({ ...key }, 'ES256')));
  };

  return {
    region,
    clock,
    list,
    fetched,
    prove,
    issue: (claims = {}, isBound = true) =>
      issueSdJwt(
        region,
        { ...rawClaims, ...(isBound ? { cnf: { jwk: holder } } : {}), ...personal, ...claims },
        frame,
      ),
    present: async (credential, proof, header) =>
      prove(await selectDisclosures(credential, ['holders.0.name', 'fields.sex']), proof, header),
    verify: (text, more = {}) =>
      verifySdJwt(text, {
        clock,
        keysOf: async (asked) => (asked === issuer ? published : null),
        statusListOf: async (uri) => {
          fetched.push(uri);
          const bytes = withStatus(newStatusBytes(16), 7, list.status);
          return signStatusList(list.signing, { uri: list.sub, bytes }, clock);
        },
        presentedTo: { audience, nonce },
        ...more,
      }),
  };
}

/** Returns the code of the refusal that a promise ends in; null when it ends well. */
export const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { code?: string },
  );
  return error === null ? null : (error.code ?? error);
};
