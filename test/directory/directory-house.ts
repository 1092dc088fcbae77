import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Crypto, openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import {
  catalogueSeed,
  createDirectory,
  createPhotos,
  type Directory,
  type NewCertificate,
  type Photos,
} from '../../src/directory/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';

/** The directory on embedded storage with real keys, the seed in its catalogue, and a clock that stands. */
export interface DirectoryHouse {
  directory: Directory;
  photos: Photos;
  /** Which status the directory said may have changed, and by whom. */
  told: [identifier: string, actor: string][];
  crypto: Crypto;
  records: RecordConnection;
  clock: FrozenClock;
  close(): Promise<void>;
}

export async function openDirectoryHouse(): Promise<DirectoryHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-directory-'));
  const clock = frozenClock();
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const connection = storage.records;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const crypto = await openCrypto({
    connection,
    masterKey,
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const { cipher, blindIndex, sealer, photoCipher } = crypto;
  const { ephemeral } = storage;
  const photos = createPhotos({ connection, ephemeral, photoCipher, clock, referenceKey: randomBytes(32) });
  const told: DirectoryHouse['told'] = [];
  const directory = createDirectory({
    ...{ connection, cipher, blindIndex, sealer, clock, photos },
    onStatusChanged: async ({ identifier, actor }) => {
      told.push([identifier, actor]);
    },
  });
  await Promise.all([directory.ready(), photos.ready()]);
  await keepPhoto(connection, 'photo-1');
  await Promise.all(catalogueSeed.map((type) => directory.catalogue.saveType(type, 'seed')));
  return {
    directory,
    photos,
    told,
    crypto,
    records: connection,
    clock,
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Keeps a photo as its review left it, with nothing of a picture in it. */
export async function keepPhoto(
  records: RecordConnection,
  photoId: string,
  { state = 'accepted', digest = photoDigest, profileId = 'id-card' } = {},
): Promise<void> {
  await records.collection('photos').insertOne({
    ...{ _id: photoId as never, holderId: 'holder-1', digest, profileId, outbox: [] },
    review: { state },
  });
}

export const organA = '11999999000000019M';
export const organB = '11999999000000027G';
export const institutionC = '129999990000000358';
export const typeCodes = {
  idCard: `${organA}001`,
  drivingLicence: `${organA}003`,
  marriage: `${organA}005`,
  business: `${organA}006`,
  realEstate: `${organA}007`,
  socialSecurity: `${organA}008`,
};

export const chen = { type: '111', code: '999999199001010016', name: '陈知远' };
export const lin = { type: '111', code: '999999200002290027', name: '林晚晴' };
export const photoDigest = 'ab'.repeat(32);

/** An ID card of the first synthetic person. */
export const idCard = (other: Partial<NewCertificate> = {}): NewCertificate => ({
  issuer: { code: organA, name: '示例省公安厅' },
  areaCode: '990000',
  typeCode: typeCodes.idCard,
  serial: 'SYN-2026-000001',
  number: chen.code,
  holders: [chen],
  dates: { issuedOn: '2026-11-24', validUntil: '2046-11-24' },
  fields: {
    sex: '男',
    ethnicGroup: '汉',
    birthDate: '1990-01-01',
    address: '示例省示例市示例路1号',
    issuingOffice: '示例市公安局',
  },
  photoDigest,
  photoId: 'photo-1',
  actor: 'officer-1',
  ...other,
});

/** A marriage certificate of two synthetic people. */
export const marriage = (other: Partial<NewCertificate> = {}): NewCertificate => ({
  issuer: { code: organB, name: '示例市民政局' },
  areaCode: '990000',
  typeCode: typeCodes.marriage,
  serial: 'J999999-2026-000001',
  number: 'J999999-2026-000001',
  holders: [chen, lin],
  dates: { issuedOn: '2026-11-20' },
  fields: { registeredOn: '2026-11-20', registrationOffice: '示例市民政局', registrar: '何静姝' },
  actor: 'officer-1',
  ...other,
});

/** Returns the types of what happened to a record, in order. */
export async function eventTypesOf(
  { records }: DirectoryHouse,
  collection: 'certificates' | 'certificatetypes',
  id: string,
): Promise<string[]> {
  const raw = await records.collection(collection).findOne({ _id: id as never });
  return ((raw?.['outbox'] ?? []) as { type: string }[]).map(({ type }) => type);
}

/** Returns code and values of the refusal; null when there was none. */
export const refusalOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { code: string; values: object },
  );
  return error === null ? null : { code: error.code, ...error.values };
};

/** Returns the code of the refusal; null when there was none. */
export const codeOf = async (promise: Promise<unknown>): Promise<unknown> =>
  ((await refusalOf(promise)) as { code: string } | null)?.code ?? null;
