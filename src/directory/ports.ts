import type { Clock } from '../base/clock.ts';
import type { BlindIndex, FieldCipher, Sealer } from '../crypto/ports.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { CertificateIdentifier } from '../terms/certificate-identifier.ts';
import type { PhotoProfileId } from './photo/profiles.ts';
import type { DirectoryStore } from './store.ts';

/** Where a certificate finds the photo it is issued with. */
export interface PhotoShelf {
  /** Finds a photo without its bytes; null when there is none. */
  findPhoto(photoId: string): Promise<KeptPhoto | null>;
}

/** What of a photo an issue is held against. */
export interface KeptPhoto {
  /** SHA-256, hexadecimal. */
  digest: string;
  profileId: PhotoProfileId;
  review: { state: 'pending' | 'accepted' | 'refused' };
}

/** What the domain is given from outside. */
export interface DirectoryDeps {
  connection: RecordConnection;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  sealer: Sealer;
  clock: Clock;
  photos: PhotoShelf;
  /**
   * Told after every act upon a certificate that may have changed its status, before the act is answered; told again
   * when the act is repeated, so what was not reached the first time is reached by the second.
   */
  onStatusChanged(change: { identifier: CertificateIdentifier; actor: string }): Promise<void>;
}

/** What a use case works with. */
export interface Work extends Omit<DirectoryDeps, 'connection'> {
  store: DirectoryStore;
}
