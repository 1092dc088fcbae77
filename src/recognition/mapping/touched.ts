import { judged } from '../agreement/judge.ts';
import { type Agreement, type AgreementState, stateOf } from '../agreement/lifecycle.ts';
import type { Work } from '../ports.ts';
import { changesIn, differenceOf, type MappingChange } from './difference.ts';
import type { MappingDocument } from './document.ts';
import { recordIdOf, referencesOf } from './find-mapping.ts';
import { mappingOf } from './record.ts';

/** An agreement that refers to an earlier version of a mapping, and what a move to the later one would change in it. */
export interface Touched {
  agreement: Agreement;
  /** The versions it refers to now. */
  versions: number[];
  changes: MappingChange[];
}

const living: readonly AgreementState[] = ['draft', 'proposed', 'countersigned', 'active', 'suspended'];

/** Tells whether an agreement holds or may yet come to hold. */
export const isLiving = (agreement: Agreement, now: Date): boolean =>
  living.includes(stateOf(agreement, now));

/**
 * Lists the agreements that refer to an earlier version of a mapping than the one given. None of them moves by itself: an
 * agreement goes by the text it names until its next version names another.
 */
export async function touchedBy(work: Work, mapping: MappingDocument): Promise<Touched[]> {
  const ids = new Set((await work.agreements.referringTo(mapping.id, 1000)).map((one) => one.agreementId));
  const now = work.clock.now();
  const found: Touched[] = [];
  for (const id of ids) {
    const versions = await judged(work, await work.agreements.versionsOf(id));
    for (const agreement of versions.filter((one) => isLiving(one, now))) {
      const touched = await touchedOf(work, agreement, mapping);
      if (touched !== null) found.push(touched);
    }
  }
  return found;
}

async function touchedOf(
  work: Work,
  agreement: Agreement,
  mapping: MappingDocument,
): Promise<Touched | null> {
  const { document } = agreement;
  const earlier = referencesOf(document).filter(
    ({ id, version }) => id === mapping.id && version < mapping.version,
  );
  const versions = [...new Set(earlier.map(({ version }) => version))].sort((a, b) => a - b);
  if (versions.length === 0) return null;
  const records = await work.mappings.byIds([...new Set(earlier.map(recordIdOf))]);
  const changes = versions.flatMap((version) => {
    const before = records.find(({ mappingVersion }) => mappingVersion === version);
    const was = before === undefined ? null : mappingOf(before).document;
    // The terms of a framework are for any two members, so all that differs may count between some of them.
    return document.kind === 'bilateral'
      ? changesIn(document.rules, was, mapping, version)
      : differenceOf(was, mapping);
  });
  return { agreement, versions, changes };
}
