import { addressHider } from './address-hider.ts';
import type { House, HouseDeps } from './house.ts';
import { regionMessages } from './http/index.ts';
import { parseRegionCode, regionPrefixOf } from './terms/region-code.ts';

/** Gathers what the edge for other regions needs of the house. */
export const peerPorts = ({ config, masterKey, log }: HouseDeps, house: House) => ({
  link: house.peerLink,
  messages: regionMessages(house),
  describe: async () => ({
    entityId: config.issuer,
    regionCode: config.region.code,
    regionPrefix: regionPrefixOf(parseRegionCode(config.region.code)),
    name: config.region.name,
    agreementKey: (await house.crypto.agreementKeys.load()).current,
  }),
  signKeySet: async () =>
    house.crypto.agreementKeys.signKeySet(config.issuer, await operationalKeys(house.crypto)),
  ephemeral: house.storage.ephemeral,
  requestsPerMinute: config.requestsPerMinute,
  hideAddress: addressHider(masterKey),
  log,
});

/** Lists what other regions hold our word to: the keys of messages, and those of ID tokens and sign-out notices. */
const operationalKeys = async ({ peerKeys, keyRing }: House['crypto']) => {
  const [published, { jwks }] = await Promise.all([peerKeys.published(), keyRing.load()]);
  const ofTokens = jwks.keys.map(({ d: _private, ...published }) => published);
  return [...published, ...ofTokens];
};
