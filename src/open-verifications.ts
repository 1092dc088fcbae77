import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import { AppError } from './base/error.ts';
import type { Consent } from './consent/index.ts';
import type { Crypto } from './crypto/index.ts';
import { type Credentials, createKiosk, type Directory, longestKnowledgeSeconds } from './directory/index.ts';
import {
  createKnown,
  createPeerCall,
  createShelf,
  createVerifications,
  type PeerLink,
  type Recognition,
  type Verifications,
} from './recognition/index.ts';
import { openRegionLibrary } from './region-library.ts';
import type { EphemeralStore } from './storage/ephemeral/port.ts';
import type { RecordConnection } from './storage/index.ts';

export interface VerificationWiring {
  config: Pick<Config, 'issuer' | 'region' | 'privateSiteHosts'>;
  clock: Clock;
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  crypto: Pick<Crypto, 'credentialKeys'>;
  recognition: Recognition;
  peerLink: PeerLink;
  directory: Directory;
  credentials: Credentials;
  consent: Consent;
}

/** Opens verification across regions with what it needs of certificates, the ledger and the link. */
export function openVerifications(wiring: VerificationWiring): Verifications {
  const { config, clock, connection, ephemeral, crypto, recognition, peerLink, credentials, consent } =
    wiring;
  const { ask } = peerLink;
  const shelf = createShelf(ephemeral, clock);
  const known = createKnown({ shelf, clock, ask, get: getterOf(config) });
  const kioskFor = (issuer: string) =>
    createKiosk({ cache: shelf, clock, issuers: [issuer], fetchText: known.textOf, longestKnowledgeSeconds });
  return createVerifications({
    connection,
    clock,
    recognition,
    ask,
    known,
    self: { entityId: config.issuer, regionCode: config.region.code },
    library: openRegionLibrary({ ...wiring, credentialKeys: () => crypto.credentialKeys.load() }),
    recordAccess: async ({ holderIndex, reader, ...read }) => {
      await consent.recordAccess({
        ...read,
        person: { holderIndex },
        reader: { kind: 'department', ...reader },
        outcome: { kind: 'granted' },
        channel: 'peer',
      });
    },
    ownStatusList: (uri) => credentials.statusListToken(uri.slice(uri.lastIndexOf('/') + 1)),
    challenges: ephemeral,
    count: (key, windowSeconds) => ephemeral.count(key, windowSeconds),
    checkCode: (issuer, text) => kioskFor(issuer).check(text),
    refreshKnown: async (issuer) => {
      await kioskFor(issuer).refresh();
    },
  });
}

const getterOf = ({ privateSiteHosts: privateHosts }: Pick<Config, 'privateSiteHosts'>) => {
  const call = createPeerCall({ privateHosts });
  return async (url: string): Promise<string> => {
    const { status, body } = await call(url);
    if (status !== 200) throw new AppError('region-unreachable');
    return body;
  };
};
