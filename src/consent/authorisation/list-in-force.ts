import type { Work } from '../ports.ts';
import type { Requester } from './authorisation.ts';
import { isCovered } from './rules.ts';

/** A certificate, and the blind indexes of its holders. */
export interface InForceQuery {
  typeCode: string;
  certificateIdentifier: string;
  holderIndexes: readonly string[];
}

/** A use authorisation in force: who may use the certificate, and what for. */
export interface InForce {
  authorisationId: string;
  requester: Requester;
  purpose: string;
}

const mostInForce = 1000;

/**
 * Lists the authorisations that let someone use a certificate now. One that knows its person by the account alone is not
 * found: whose certificate it is is known by the holder's index only.
 */
export async function listInForce(work: Work, query: InForceQuery): Promise<InForce[]> {
  const { holderIndexes, typeCode, certificateIdentifier } = query;
  const records = await work.authorisations.usable(holderIndexes, work.clock.now(), mostInForce);
  const read = { typeCode, certificateIdentifier, fields: [], verdictOnly: true };
  return records
    .filter(({ allowed }) => isCovered(allowed, read))
    .map(({ _id, requester, purpose }) => ({ authorisationId: _id, requester, purpose }));
}
