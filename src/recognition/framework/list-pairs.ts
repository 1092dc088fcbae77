import type { AccessionDocument, Party } from '../agreement/document.ts';
import { type AgreementRecord, documentOf, signedDigestOf } from '../agreement/record.ts';
import type { Work } from '../ports.ts';
import { pairIdOf } from './member-list.ts';

/** This region and another member of a framework, whatever became of it since. */
export interface MemberPair {
  /** What requests between the two bear. */
  agreementId: string;
  frameworkId: string;
  /** What this region joined by, and the other. */
  own: { id: string; version: number };
  otherId: string;
  member: Party;
}

/** Lists the other members of what this region has joined. */
export async function listPairs({ agreements, self }: Work): Promise<MemberPair[]> {
  const ours = signedOnce(await agreements.accessionsOf(self.regionCode)).filter(
    ({ parties: [member] }) => member.entityId === self.entityId,
  );
  const pairs = await Promise.all(
    ours.map(async ({ id, version, framework, parties: [, operator] }) => {
      const under = signedOnce(await agreements.underOperator(operator.regionCode));
      return under
        .filter(({ parties: [member] }) => member.entityId !== self.entityId)
        .filter((other) => other.framework.id === framework.id)
        .map(({ id: otherId, parties: [member] }) => ({
          agreementId: pairIdOf(id, otherId),
          frameworkId: framework.id,
          own: { id, version },
          otherId,
          member,
        }));
    }),
  );
  return pairs.flat();
}

/** Reads the newest version of each accession that all its parties have signed; they come newest first. */
const signedOnce = (records: readonly AgreementRecord[]): AccessionDocument[] => {
  const newest = new Map<string, AccessionDocument>();
  for (const record of records) {
    if (newest.has(record.agreementId) || signedDigestOf(record) === null) continue;
    const document = documentOf(record);
    if (document.kind === 'accession') newest.set(record.agreementId, document);
  }
  return [...newest.values()];
};
