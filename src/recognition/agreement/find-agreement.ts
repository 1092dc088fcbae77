import type { Standing } from '../admission/admit.ts';
import type { Work } from '../ports.ts';
import { type Agreement, isInForce } from './lifecycle.ts';
import { type AgreementRecord, agreementOf } from './record.ts';

/** Reads every version of an agreement as it is judged, the newest first; empty when there is none. */
export async function findVersions(work: Work, agreementId: string): Promise<Agreement[]> {
  return judged(work, await work.agreements.versionsOf(agreementId));
}

/** Reads the agreements with a region, newest versions first, each as it is judged. */
export async function listAgreements(work: Work, regionCode: string): Promise<Agreement[]> {
  return judged(work, await work.agreements.ofRegion(regionCode));
}

/** Reads what stands under an identifier: what the other side named, or null when there is nothing. Bilateral only. */
export async function findStanding(work: Work, agreementId: string): Promise<Standing | null> {
  return standingOf(await findVersions(work, agreementId), work.clock.now());
}

/** Reads what stands towards a region, for `admitByAny`: of each agreement the version that counts. Bilateral only. */
export async function findEffective(work: Work, regionCode: string): Promise<Standing[]> {
  const agreements = await listAgreements(work, regionCode);
  const ids = [...new Set(agreements.map(({ document }) => document.id))];
  return ids.flatMap(
    (id) =>
      standingOf(
        agreements.filter(({ document }) => document.id === id),
        work.clock.now(),
      ) ?? [],
  );
}

/** Of the versions that have come into force the newest counts; before there is one, the newest of all. */
function standingOf(versions: Agreement[], now: Date): Standing | null {
  const found = versions.find((agreement) => isInForce(agreement, now)) ?? versions[0];
  if (found?.document.kind !== 'bilateral') return null;
  const { document, digest } = found;
  return {
    agreementId: document.id,
    version: document.version,
    digest,
    parts: [found],
    rules: document.rules,
  };
}

/** Judges records that come with the newest version first, each in the light of the one that follows it. */
export const judged = ({ self }: Work, records: AgreementRecord[]): Agreement[] => {
  let last: Agreement | null = null;
  return records.map((record) => {
    const successor: Agreement | null = last?.document.id === record.agreementId ? last : null;
    last = agreementOf(record, self.entityId, successor);
    return last;
  });
};
