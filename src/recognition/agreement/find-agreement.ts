import type { Standing } from '../admission/admit.ts';
import { findPairs } from '../framework/find.ts';
import { narrowed } from '../framework/pair.ts';
import { rulesOf } from '../mapping/find-mapping.ts';
import type { Work } from '../ports.ts';
import { judged } from './judge.ts';
import { type Agreement, isInForce } from './lifecycle.ts';
import { documentOf } from './record.ts';

/** Reads every version of an agreement as it is judged, the newest first; empty when there is none. */
export async function findVersions(work: Work, agreementId: string): Promise<Agreement[]> {
  return judged(work, await work.agreements.versionsOf(agreementId));
}

/** Reads the agreements with a region, newest versions first, each as it is judged. */
export async function listAgreements(work: Work, regionCode: string): Promise<Agreement[]> {
  return judged(work, await work.agreements.ofRegion(regionCode));
}

/** Reads what stands under an identifier: what the other side named, or null when there is nothing. */
export async function findStanding(work: Work, agreementId: string): Promise<Standing | null> {
  for (const regionCode of await regionsUnder(work, agreementId)) {
    const standings = await findEffective(work, regionCode);
    const found = standings.find((standing) => standing.agreementId === agreementId);
    if (found !== undefined) return found;
  }
  return null;
}

/** Finds whom an identifier may be about: it names an agreement, or under a framework the accessions of two members. */
async function regionsUnder({ agreements, self }: Work, agreementId: string): Promise<string[]> {
  const [one = '', other = '', more] = agreementId.split('.');
  if (more !== undefined) return [];
  const versions = await Promise.all([one, other].filter(Boolean).map((id) => agreements.versionsOf(id)));
  return versions.flatMap(([newest]) => {
    const parties = newest === undefined ? [] : documentOf(newest).parties;
    return parties
      .filter(({ entityId, role }) => entityId !== self.entityId && role === 'party')
      .map(({ regionCode }) => regionCode);
  });
}

/**
 * Reads what stands towards a region, for `admitByAny`: of each agreement the version that counts, and of each framework
 * that both have joined what is left between the two.
 */
export async function findEffective(work: Work, regionCode: string): Promise<Standing[]> {
  const agreements = await listAgreements(work, regionCode);
  const ids = [...new Set(agreements.map(({ document }) => document.id))];
  const standings = await Promise.all(
    ids.map((id) =>
      standingOf(
        work,
        agreements.filter(({ document }) => document.id === id),
      ),
    ),
  );
  const bilateral = standings.filter((standing) => standing !== null);
  return narrowed(bilateral, await findPairs(work, regionCode, agreements), work.clock.now());
}

/** Of the versions that have come into force the newest counts; before there is one, the newest of all. */
async function standingOf(work: Work, versions: Agreement[]): Promise<Standing | null> {
  const now = work.clock.now();
  const found = versions.find((agreement) => isInForce(agreement, now)) ?? versions[0];
  if (found?.document.kind !== 'bilateral') return null;
  const { document, digest } = found;
  const rules = await rulesOf(work, document);
  return {
    agreementId: document.id,
    version: document.version,
    digest,
    parts: [found],
    rules: rules ?? { signIn: [], certificates: [] },
    isUnresolved: rules === null,
  };
}
