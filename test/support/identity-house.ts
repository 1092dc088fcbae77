import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import {
  createIdentity,
  createPasskeyCeremonies,
  type Identity,
  type IdentityDeps,
  type PersonNotice,
  type SignInLimits,
} from '../../src/identity/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { type FrozenClock, frozenClock } from './frozen-clock.ts';

export const site = { origin: 'https://id.example.gov.cn', rpId: 'id.example.gov.cn' };

/** The identity domain on embedded storage with a clock that stands. */
export interface IdentityHouse {
  identity: Identity;
  records: RecordConnection;
  clock: FrozenClock;
  /** What people were told on their own pages. */
  told: PersonNotice[];
  close(): Promise<void>;
}

/** Opens the identity domain in a temporary folder. */
export async function openIdentityHouse(
  limits: Partial<SignInLimits> = {},
  passkeys: Pick<IdentityDeps, 'passkeyPolicy' | 'hardwareKeys'> = {},
): Promise<IdentityHouse> {
  const { passkeyPolicy: policy } = passkeys;
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-identity-'));
  const clock = frozenClock();
  const told: PersonNotice[] = [];
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const masterKey = parseMasterKey('5e'.repeat(32));
  const crypto = await openCrypto({
    connection: storage.records,
    masterKey,
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const identity = createIdentity({
    connection: storage.records,
    ephemeral: storage.ephemeral,
    cipher: crypto.cipher,
    blindIndex: crypto.blindIndex,
    clock,
    ceremonies: createPasskeyCeremonies({
      ephemeral: storage.ephemeral,
      relyingParty: { id: site.rpId, name: '一号', origins: [site.origin] },
      ...(policy && { makers: { policy, clock } }),
    }),
    region: '990000',
    limits,
    ...passkeys,
    tellPerson: async (notice) => {
      told.push(notice);
    },
  });
  await identity.ready();
  return {
    identity,
    records: storage.records,
    clock,
    told,
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
