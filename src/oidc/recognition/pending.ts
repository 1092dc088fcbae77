import type { JWK } from 'jose';
import type { SignInRequest } from '../../recognition/index.ts';
import type { PeerClients } from './peer-client.ts';
import type { OtherRegionDeps } from './ports.ts';
import type { Standings } from './standings.ts';

/** What the asking side of a sign-in works with. */
export interface AskingWork
  extends Pick<OtherRegionDeps, 'self' | 'peerKeys' | 'traffic' | 'ephemeral' | 'clock' | 'privateHosts'> {
  standings: Standings;
  clients: PeerClients;
}

/** What is kept while the person is at home. */
export interface Pending {
  uid: string;
  clientId: string;
  entityId: string;
  request: SignInRequest;
  agreementId: string;
  agreementVersion: number;
  verifier: string;
  nonce: string;
  maxAgeSeconds: number;
  dpop: { privateKey: JWK; publicKey: JWK };
}

/** Names where a request waits for its answer: by its state, which the browser brings back. */
export const pendingKey = (state: string): string => `other-region:${state}`;

/** How long a person may take at home: as long as the interaction here waits. */
export const pendingTtlSeconds = 1800;
