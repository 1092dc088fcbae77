/**
 * Certificates as credentials (可验证凭证): in the form that wallets hold and other regions check without asking. Owns
 * which claims a certificate becomes, its entry in a list of statuses, the lists and their signed form. It does not own
 * the certificate (the directory), who may have a credential or see what of it (consent, http), the region's key (crypto)
 * nor the protocols that carry it (OpenID4VCI and OpenID4VP, http). Read for it: SD-JWT (RFC 9901), SD-JWT VC and Token
 * Status List as a library and a spike of this project speak them, not their texts; the claims are our own design.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the outboxes, by identifier only.
 */
import type { PublishedKeys } from '../../crypto/credential-jwt.ts';
import { statusListEntries } from '../../crypto/status-list.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { IssuedCredential } from './credential.ts';
import { identifyCredential } from './identify-credential.ts';
import { issueCredential, type NewCredential, presentCredential } from './issue-credential.ts';
import type { CredentialDeps, Work } from './ports.ts';
import { type RefreshedStatus, refreshStatus } from './refresh-status.ts';
import { type OfflineCode, type OfflineContent, signOfflineCode } from './sign-offline-code.ts';
import { createSignedLists } from './signed-lists.ts';
import { openCredentialStore } from './store.ts';

export { selectDisclosures } from '../../crypto/sd-jwt.ts';
export { credentialTypeOf } from './claims.ts';
export type { IssuedCredential } from './credential.ts';
export type { NewCredential } from './issue-credential.ts';
export type { CredentialDeps } from './ports.ts';
export type { RefreshedStatus } from './refresh-status.ts';
export type { OfflineCode } from './sign-offline-code.ts';

/** What can be asked of credentials. */
export interface Credentials {
  /** What happened to credentials and lists, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  issueCredential(input: NewCredential): Promise<IssuedCredential>;
  presentCredential(input: {
    identifier: string;
    disclosed: readonly string[];
    actor: string;
  }): Promise<IssuedCredential>;
  signOfflineCode(input: OfflineContent): Promise<OfflineCode>;
  /** Tells which certificate a credential kept as a file is of; null when it is none of ours or was altered. */
  identifyCredential(text: string): Promise<CertificateIdentifier | null>;
  /** To be called after every act upon a certificate: the directory tells. */
  refreshStatus(input: { identifier: string; actor: string }): Promise<RefreshedStatus | null>;
  /** Returns a list as signed, at most its ttl old. Throws credential-list-unknown. */
  statusListToken(listId: string): Promise<string>;
  /** Says who issues and by which keys its credentials verify, as verifiers fetch it (SD-JWT VC, from memory). */
  issuerMetadata(): Promise<{ issuer: string; jwks: PublishedKeys }>;
  /** Lists the addresses of all lists, for who keeps them where there is no network. */
  statusListUris(): Promise<string[]>;
}

/** Opens credentials on their store and the directory. */
export function createCredentials({ connection, ...deps }: CredentialDeps): Credentials {
  const store = openCredentialStore(connection);
  const lists = createSignedLists({ ...deps, store });
  const work: Work = { entriesPerList: statusListEntries, ...deps, store, lists };
  return {
    outboxes: store.outboxes,
    ready: store.ready,
    issueCredential: (input) => issueCredential(work, input),
    presentCredential: (input) => presentCredential(work, input),
    signOfflineCode: (input) => signOfflineCode(work, input),
    identifyCredential: (text) => identifyCredential(work, text),
    refreshStatus: (input) => refreshStatus(work, input),
    statusListToken: (listId) => lists.tokenOf(listId),
    issuerMetadata: async () => ({ issuer: deps.issuer, jwks: (await deps.credentialKeys()).published }),
    statusListUris: async () => {
      const newest = await store.newestSequence();
      return Array.from({ length: newest }, (_, i) => work.statusListUri(String(i + 1)));
    },
  };
}
