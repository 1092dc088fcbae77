import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { type Configuration, errors } from 'oidc-provider';
import { AppError } from '../base/error.ts';

/** A credential that wallets can collect: one version of a type of the catalogue. */
export interface CredentialKind {
  /** The identifier of its configuration in the metadata. */
  id: string;
  vct: string;
  name: { zh: string; en: string };
}

/** A credential that a wallet collects, bound to its key. */
export interface WalletRequest {
  accountId: string;
  clientId: string;
  grantId: string;
  /** Identifier of the certificate the person offered. */
  identifier: string;
  holderJwk: unknown;
}

/** What the provider needs to hand certificates to wallets. */
export interface WalletIssuer {
  /** Lists what can be collected; the provider is built on it. */
  kinds(): Promise<CredentialKind[]>;
  /** Issues the credential, written down before; throws AppError for what cannot be had. */
  issue(request: WalletRequest): Promise<string>;
  /** Tells whether a proof is used for the first time. */
  firstUse(proof: string): Promise<boolean>;
}

/** The grant type by which a wallet redeems an offer. */
export const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** The detail of a token that may collect one certificate. */
export interface CollectableDetail {
  type: 'openid_credential';
  credential_configuration_id: string;
  credential_identifiers: string[];
}

/** The address at which wallets collect, and what their tokens are good for. */
export const credentialAddress = (issuer: string): string => `${issuer}/credential`;

const algorithms = ['ES256'];

/**
 * Lets wallets collect certificates by OpenID4VCI 1.0, as the library speaks it (experimental-01; the text itself was not
 * read). A code is made for one certificate by its holder; the token it becomes is bound to the wallet's key, and so is
 * the credential. Off while the catalogue is empty.
 */
export function walletFeature(
  issuer: string,
  { issue, firstUse }: WalletIssuer,
  { kinds, nonceSecret }: { kinds: readonly CredentialKind[]; nonceSecret: Buffer },
): Pick<NonNullable<Configuration['features']>, 'openid4vci'> {
  if (kinds.length === 0) return {};
  return {
    openid4vci: {
      enabled: true,
      ack: 'experimental-01',
      preAuthorizedCodeGrant: true,
      nonceSecret,
      credentialConfigurationsSupported: Object.fromEntries(
        kinds.map((kind) => [kind.id, configurationOf(kind)]),
      ),
      credentialEndpointExpectedAudience: () => credentialAddress(issuer),
      issueCredential: async (_ctx, { accessToken, account, client, grant, proofs }) => {
        const [detail] = (accessToken.rar ?? []) as unknown as readonly CollectableDetail[];
        const identifier = detail?.credential_identifiers[0];
        const proof = proofs?.jwt?.[0];
        if (identifier === undefined || proof === undefined || grant.jti === undefined)
          throw new errors.CredentialRequestDenied(
            'the access token names no certificate, or no proof came with it',
          );
        const { jwk: holderJwk } = decodeProtectedHeader(proof);
        await useOnce(firstUse, proof, holderJwk);
        const { accountId } = account;
        const { clientId } = client;
        const credential = await refusedAsOAuth(
          issue({ accountId, clientId, grantId: grant.jti, identifier, holderJwk }),
        );
        return { credentials: [{ credential }] };
      },
    },
  };
}

const configurationOf = ({ vct, name }: CredentialKind) => ({
  format: 'dc+sd-jwt',
  vct,
  cryptographic_binding_methods_supported: ['jwk'] as const,
  credential_signing_alg_values_supported: algorithms,
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: algorithms } },
  credential_metadata: {
    display: [
      { name: name.zh, locale: 'zh-CN' },
      { name: name.en, locale: 'en' },
    ],
  },
});

/** The library's nonces are the same for everyone for a while, so a proof is known again by its key and nonce. */
const useOnce = async (firstUse: WalletIssuer['firstUse'], proof: string, key: JWK = {}): Promise<void> => {
  const id = `${await calculateJwkThumbprint(key)} ${String(decodeJwt(proof)['nonce'])}`;
  const isFirst = await firstUse(createHash('sha256').update(id).digest('base64url'));
  if (!isFirst) throw new errors.InvalidProof('this proof was used: make another, with another key');
};

const refusedAsOAuth = async (issuing: Promise<string>): Promise<string> => {
  try {
    return await issuing;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const words = `${error.code}: ${error.message}`;
    if (error.code === 'credential-holder-key') throw new errors.InvalidProof(words, { cause: error });
    throw new errors.CredentialRequestDenied(words, { cause: error });
  }
};
