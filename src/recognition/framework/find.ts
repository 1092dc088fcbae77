import type { Standing } from '../admission/admit.ts';
import type { AccessionDocument, Party } from '../agreement/document.ts';
import { judged } from '../agreement/judge.ts';
import { type Agreement, isInForce } from '../agreement/lifecycle.ts';
import { recordId } from '../agreement/record.ts';
import { mappingsFor } from '../mapping/find-mapping.ts';
import type { Work } from '../ports.ts';
import { type AgreementOn, isAccession, isFramework, standingOfPair } from './pair.ts';

/** Reads what this region stands on towards a member of a framework it has joined; `theirs` is what is held of that region. */
export async function findPairs(
  work: Work,
  regionCode: string,
  theirs: readonly Agreement[],
): Promise<Standing[]> {
  const now = work.clock.now();
  const others = countingOf(theirs.filter(isAccession), now).filter(
    ({ document }) =>
      memberOf(document).regionCode === regionCode && memberOf(document).entityId !== work.self.entityId,
  );
  if (others.length === 0) return [];
  const held = await judged(work, await work.agreements.accessionsOf(work.self.regionCode));
  // What is only drafted is nothing to stand on, and nobody else has it.
  const own = countingOf(held.filter(isAccession), now).filter(
    ({ signedDigest, document }) =>
      signedDigest !== null && memberOf(document).entityId === work.self.entityId,
  );
  const found = own.flatMap((mine) => {
    const other = others.find(({ document }) => isSameFramework(document, mine.document));
    return other === undefined ? [] : [{ own: mine, other }];
  });
  const pairs = await Promise.all(
    found.map(async (pair) => {
      const framework = await findFramework(work, pair.own.document);
      if (framework === null) return null;
      const documents = [framework.document, pair.own.document, pair.other.document];
      return standingOfPair({ ...pair, framework }, await mappingsFor(work, documents));
    }),
  );
  return pairs.filter((pair) => pair !== null);
}

const memberOf = ({ parties: [member] }: AccessionDocument): Party => member;

const isSameFramework = (one: AccessionDocument, other: AccessionDocument): boolean =>
  one.framework.id === other.framework.id &&
  one.framework.version === other.framework.version &&
  one.framework.digest === other.framework.digest;

/** Reads the very text an accession joins, beside the version that follows it. */
async function findFramework(work: Work, { framework }: AccessionDocument) {
  const versions = await judged(work, await work.agreements.versionsOf(framework.id));
  const found = versions.find(
    ({ document, digest }) =>
      recordId(document.id, document.version) === recordId(framework.id, framework.version) &&
      digest === framework.digest,
  );
  return found !== undefined && isFramework(found) ? found : null;
}

/** Of the versions of each the newest in force counts; before there is one, the newest of all. They come newest first. */
function countingOf<D>(agreements: readonly AgreementOn<D & AccessionDocument>[], now: Date) {
  const ids = [...new Set(agreements.map(({ document }) => document.id))];
  return ids.flatMap((id) => {
    const versions = agreements.filter(({ document }) => document.id === id);
    return versions.find((agreement) => isInForce(agreement, now)) ?? versions.slice(0, 1);
  });
}
