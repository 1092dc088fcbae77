import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFace } from '../../../config/demo/faces.ts';
import { type Crypto, openCrypto, parseMasterKey } from '../../../src/crypto/index.ts';
import { createPhotos, type PhotoDeps, type Photos } from '../../../src/directory/photo/photos.ts';
import { openStorage, type Storage } from '../../../src/storage/index.ts';
import { type FrozenClock, frozenClock } from '../../support/frozen-clock.ts';

/** The photos on embedded storage with a clock that stands. */
export interface PhotoHouse {
  photos: Photos;
  crypto: Crypto;
  records: Storage['records'];
  clock: FrozenClock;
  /** Admits a demo face and returns its photoId. */
  admit(options?: { index?: number; holderId?: string }): Promise<string>;
  close(): Promise<void>;
}

/** Opens the photos in a temporary folder. */
export async function openPhotoHouse(more: Partial<PhotoDeps> = {}): Promise<PhotoHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-photo-'));
  const clock = frozenClock();
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const connection = storage.records;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const crypto = await openCrypto({
    ...{ connection, masterKey, clock },
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const photos = createPhotos({
    connection,
    ephemeral: storage.ephemeral,
    photoCipher: crypto.photoCipher,
    clock,
    referenceKey: randomBytes(32),
    ...more,
  });
  await photos.ready();
  return {
    photos,
    crypto,
    records: connection,
    clock,
    async admit({ index = 0, holderId = 'holder-1' } = {}) {
      const bytes = await demoFace(index);
      const admission = await photos.admitPhoto({ bytes, profileId: 'id-card', holderId, actor: 'test' });
      if (admission.outcome !== 'admitted') throw new Error('a demo face was refused');
      return admission.photo.photoId;
    },
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Returns the code of the refusal that a promise ends in; null when it ends well. */
export const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { code: string },
  );
  return error === null ? null : (error.code ?? error);
};
