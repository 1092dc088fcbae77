import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type CredentialStatus, ownStatusList, statusAt, withStatus } from '../../crypto/status-list.ts';
import { parseCertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { statusOfState } from './credential.ts';
import type { Work } from './ports.ts';

/** What a list says of a certificate now, and whether this call wrote it. */
export interface RefreshedStatus {
  status: CredentialStatus;
  isChanged: boolean;
}

/** Each miss means that another write got in. */
const mostTries = 50;

/**
 * Sets what the list says of a certificate to what the certificate is; null when no credential was made of it. It ends
 * only when list and certificate were seen to agree: of two refreshes at once the slower one may write an old state, and
 * then sees it. Throws certificate-identifier-…, certificate-record-damaged and credential-list-busy.
 */
export async function refreshStatus(
  work: Work,
  input: { identifier: string; actor: string },
): Promise<RefreshedStatus | null> {
  const identifier = parseCertificateIdentifier(input.identifier);
  const credential = await work.store.credentialOf(identifier);
  if (credential === null) return null;
  const { listId, index } = credential;

  let isChanged = false;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const list = await work.store.listById(listId);
    if (list === null) throw new AppError('credential-list-unknown');
    const status = statusOfState((await work.directory.findCertificate(identifier))?.state ?? null);
    if (statusAt(ownStatusList(list.bytes), index) === status) return { status, isChanged };

    const event = newEvent(work.clock, 'credential.status-changed', input.actor, { index, status });
    const isWritten = await work.store.swapBytes(list, withStatus(list.bytes, index, status), event);
    if (isWritten) work.lists.forget(listId);
    isChanged ||= isWritten;
  }
  throw new AppError('credential-list-busy');
}
