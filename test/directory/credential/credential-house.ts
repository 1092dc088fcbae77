import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VerifiedCredential, verifySdJwt } from '../../../src/crypto/sd-jwt-verify.ts';
import {
  type CredentialDeps,
  type Credentials,
  createCredentials,
} from '../../../src/directory/credential/credentials.ts';
import { openEmbeddedConnection } from '../../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../../src/storage/index.ts';
import { type DirectoryHouse, idCard, openDirectoryHouse, organA } from '../directory-house.ts';

export const issuer = 'https://id.example.gov.cn';
export const uriOf = (listId: string): string => `${issuer}/statuses/${listId}`;

/** Credentials, in a file of their own, over the directory, and a verifier that fetches from them. */
export interface CredentialHouse extends DirectoryHouse {
  credentials: Credentials;
  /** Opens them on the same file once more, as another process would. */
  openAnother(more?: Partial<CredentialDeps>): Promise<Credentials>;
  /** Issues an ID card of its own serial and returns its identifier. */
  certify(serial?: string): Promise<string>;
  /** What an authority does; the list has not followed yet. */
  suspend(identifier: string): Promise<void>;
  lift(identifier: string): Promise<void>;
  end(identifier: string): Promise<void>;
  /** Makes the next key sign, of credentials and of the provider. */
  rotate(): Promise<void>;
  verify(credential: string): Promise<VerifiedCredential>;
  rawList(listId: string): Promise<Record<string, unknown>>;
}

const act = { issuerCode: organA, reasonCode: 'r-1', actor: 'officer-1' };
const today = '2026-11-24';

/** Opens the house; small lists show what happens when one is full. */
export async function openCredentialHouse(entriesPerList = 64): Promise<CredentialHouse> {
  const house = await openDirectoryHouse();
  const { directory, clock } = house;
  const folder = await mkdtemp(join(tmpdir(), 'yihao-credentials-'));
  const connections: RecordConnection[] = [];
  const connect = async (): Promise<RecordConnection> => {
    const connection = await openEmbeddedConnection({ file: join(folder, 'records.sqlite') });
    connections.push(connection);
    return connection;
  };
  const credentialKeys = () => house.crypto.credentialKeys.load();
  const openAnother: CredentialHouse['openAnother'] = async (more = {}) => {
    const deps = { directory, clock, issuer, statusListUri: uriOf, credentialKeys, entriesPerList };
    const opened = createCredentials({ connection: await connect(), ...deps, ...more });
    await opened.ready();
    return opened;
  };
  const credentials = await openAnother();
  const records = await connect();
  let serials = 0;
  return {
    ...house,
    records,
    credentials,
    openAnother,
    async certify(serial) {
      serials += 1;
      const input = idCard({ serial: serial ?? `SYN-2026-${String(serials).padStart(6, '0')}` });
      return (await directory.issueCertificate(input)).certificate.identifier;
    },
    async suspend(identifier) {
      await directory.suspendCertificate({ identifier, ...act, suspendedOn: today });
    },
    async lift(identifier) {
      await directory.liftSuspension({ identifier, ...act, liftedOn: today });
    },
    async end(identifier) {
      await directory.endCertificate({ identifier, ...act, ground: 'revoked', endedOn: today });
    },
    async rotate() {
      await house.crypto.keyRing.rotate();
      await house.crypto.credentialKeys.rotate();
    },
    verify: (credential) =>
      verifySdJwt(credential, {
        clock,
        keysOf: async (asked) => (asked === issuer ? (await credentials.issuerMetadata()).jwks : null),
        statusListOf: (uri) => credentials.statusListToken(uri.slice(uriOf('').length)),
        presentedTo: null,
      }),
    async rawList(listId) {
      const found = await records.collection('statuslists').findOne({ _id: listId as never });
      if (found === null) throw new Error(`there is no list ${listId}`);
      return found;
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
      await house.close();
      await rm(folder, { recursive: true });
    },
  };
}
