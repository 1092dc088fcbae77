import { randomInt } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { type CollectableDetail, credentialAddress, preAuthorizedCodeGrant } from './wallet-issuance.ts';

/** An offer of one certificate to one wallet, by its holder. */
export interface WalletOffer {
  accountId: string;
  clientId: string;
  identifier: string;
  /** Which kind of credential it is, by the identifier of its configuration. */
  kindId: string;
}

/** What the holder is shown: the address for the wallet, and the code to type there. */
export interface MadeOffer {
  uri: string;
  txCode: string;
  ttlSeconds: number;
  /** What the offer is cancelled by. */
  grantId: string;
}

/** Offers of certificates to wallets (OpenID4VCI, pre-authorized code). */
export interface WalletOffers {
  /** Makes an offer; null when the wallet or the kind is not known now. */
  offer(offer: WalletOffer): Promise<MadeOffer | null>;
  /** Takes back an offer of the account, and the token it may have become. */
  cancel(own: { accountId: string; grantId: string }): Promise<void>;
}

/** How long an offer waits: the provider's own time for its code. */
export const offerTtlSeconds = 300;
const txCodeLength = 6;

/** Makes offers on the provider in use. A wrong code typed at the wallet ends the offer: the library sees to it. */
export function createWalletOffers(provider: () => Provider, issuer: string): WalletOffers {
  return {
    async offer({ accountId, clientId, identifier, kindId }) {
      const { Client, Grant, PreAuthorizedCode } = provider();
      const client = await Client.find(clientId);
      if (client?.grantTypeAllowed(preAuthorizedCodeGrant) !== true) return null;
      const grantId = await new Grant({ accountId, clientId }).save();
      const txCode = String(randomInt(10 ** txCodeLength)).padStart(txCodeLength, '0');
      const detail: CollectableDetail = {
        type: 'openid_credential',
        credential_configuration_id: kindId,
        credential_identifiers: [identifier],
      };
      const code = new PreAuthorizedCode({
        accountId,
        clientId,
        client,
        grantId,
        scope: '',
        resource: credentialAddress(issuer),
        rar: [{ ...detail }],
        txCode,
        gty: 'pre_authorized_code',
      });
      const offer = {
        credential_issuer: issuer,
        credential_configuration_ids: [kindId],
        grants: {
          [preAuthorizedCodeGrant]: {
            'pre-authorized_code': await code.save(),
            tx_code: { input_mode: 'numeric', length: txCodeLength },
          },
        },
      };
      const uri = `openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`;
      return { uri, txCode, ttlSeconds: offerTtlSeconds, grantId };
    },
    async cancel({ accountId, grantId }) {
      const { AccessToken, Grant, PreAuthorizedCode } = provider();
      const grant = await Grant.find(grantId);
      if (grant?.accountId !== accountId) return;
      await Promise.all([PreAuthorizedCode.revokeByGrantId(grantId), AccessToken.revokeByGrantId(grantId)]);
      await grant.destroy();
    },
  };
}
