import type { Crypto } from './crypto/index.ts';
import {
  type Copies,
  type Credentials,
  createCopies,
  createCredentials,
  createDirectory,
  createFiles,
  createPhotos,
  createPresentations,
  type Directory,
  type Files,
  type Photos,
  type Presentations,
} from './directory/index.ts';
import type { HouseDeps } from './house.ts';
import { statusListPath } from './http/index.ts';
import type { Storage } from './storage/index.ts';

/** What is certified, and the forms in which it is shown. */
export interface DirectoryWing {
  photos: Photos;
  directory: Directory;
  credentials: Credentials;
  presentations: Presentations;
  copies: Copies;
  files: Files;
}

/** Opens the directory and what is made of its certificates. */
export function openDirectory({
  config,
  masterKey,
  clock,
  storage,
  crypto,
}: Pick<HouseDeps, 'config' | 'masterKey' | 'clock'> & { storage: Storage; crypto: Crypto }): DirectoryWing {
  const { records: connection, ephemeral } = storage;
  const { cipher, blindIndex, sealer, photoCipher } = crypto;
  const { issuer } = config;
  const referenceKey = masterKey.derive('photo-reference');
  const photos = createPhotos({ connection, ephemeral, photoCipher, clock, referenceKey });
  const directory = createDirectory({
    connection,
    cipher,
    blindIndex,
    sealer,
    clock,
    photos,
    // Credentials are made of certificates, so they open after the directory that tells them.
    onStatusChanged: async (change) => {
      await credentials.refreshStatus(change);
    },
  });
  const credentials = createCredentials({
    connection,
    directory,
    clock,
    issuer,
    statusListUri: (listId) => `${issuer}${statusListPath(listId)}`,
    credentialKeys: () => crypto.credentialKeys.load(),
  });
  const presentations = createPresentations({ directory, credentials, ephemeral });
  const copies = createCopies({ connection, cipher, directory, photos, clock, issuer });
  const files = createFiles({ directory, copies, credentials, clock });
  return { photos, directory, credentials, presentations, copies, files };
}
