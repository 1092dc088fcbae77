import type { Clock } from '../../base/clock.ts';
import type { CredentialKeys } from '../../crypto/credential-jwt.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { Directory } from '../index.ts';
import type { SignedLists } from './signed-lists.ts';
import type { CredentialStore } from './store.ts';

/** What credentials are given from outside. */
export interface CredentialDeps {
  connection: RecordConnection;
  directory: Pick<Directory, 'findCertificate'>;
  clock: Clock;
  /** The region's address, the `iss` of its credentials. */
  issuer: string;
  /** The address at which a list of statuses is fetched: under the issuer's, and for ever the same. */
  statusListUri(listId: string): string;
  /** The keys of the region's credentials as they are now; asked each time, since they rotate. */
  credentialKeys(): Promise<CredentialKeys>;
  /** How many credentials share a list; 131072 when left out. For tests. */
  entriesPerList?: number;
}

/** What a use case works with. */
export interface Work extends Required<Omit<CredentialDeps, 'connection'>> {
  store: CredentialStore;
  lists: SignedLists;
}
