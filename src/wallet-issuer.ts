/** Hands a certificate to its holder's wallet: the domains that have a say in it, in the order they are asked. */
import { AppError } from './base/error.ts';
import { credentialTypeOf } from './directory/index.ts';
import type { House } from './house.ts';
import { isKnown } from './identity/index.ts';
import type { WalletIssuer } from './oidc/index.ts';

/** The type of holder code of a citizen number (居民身份证号码). */
const citizenNumberType = '111';
/** Longer than the provider takes the nonce in a proof for fresh. */
const proofTtlSeconds = 600;

/** Names a version of a type among what wallets can collect. */
export const kindIdOf = (typeCode: string, typeVersion: number): string => `${typeCode}.${typeVersion}`;

/** Makes what the provider needs to hand certificates to wallets. */
export const createWalletIssuer = (house: House): WalletIssuer => ({
  kinds: async () =>
    (await house.directory.catalogue.listVersions()).map(({ code, version, name }) => ({
      id: kindIdOf(code, version),
      vct: credentialTypeOf(code, version),
      name,
    })),
  firstUse: (proof) =>
    house.storage.ephemeral.add(`wallet:proof:${proof}`, '', { ttlSeconds: proofTtlSeconds }),
  async issue({ accountId, clientId, grantId, identifier, holderJwk }) {
    const { identity, directory, consent, credentials, sites } = house;
    const [profile, site, described] = await Promise.all([
      identity.findAccount(accountId),
      sites.find(clientId),
      directory.describe(identifier),
    ]);
    if (profile?.status !== 'active') throw new AppError('account-not-active');
    if (!isKnown(profile)) throw new AppError('person-not-known');
    const holderIndex = directory.holderIndexOf({ type: citizenNumberType, code: profile.number });
    if (described?.holderIndexes.includes(holderIndex) !== true)
      throw new AppError('presentation-not-holder');
    if (described.summary.state !== 'valid') throw new AppError('credential-of-no-use');
    const { credential } = await consent.withAccess(
      {
        person: { accountId, holderIndex },
        reader: { kind: 'site', id: clientId, name: site?.name ?? { zh: clientId, en: clientId } },
        what: { certificateIdentifier: identifier, typeCode: described.typeCode, fields: ['certificate'] },
        cause: { purpose: '存入本人的电子钱包' },
        basis: { kind: 'consent', authorisationId: grantId },
        channel: 'portal',
      },
      () => credentials.issueCredential({ identifier, holderJwk, actor: accountId }),
    );
    return credential;
  },
});
