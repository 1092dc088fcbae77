import type { Standing } from './admission/admit.ts';
import { findEffective } from './agreement/find-agreement.ts';
import type { AgreementRecord } from './agreement/record.ts';
import { holdRows } from './held.ts';
import type { PeerRecord } from './peer/peer.ts';
import type { Work } from './ports.ts';

/** A confirmed region, and all that stands towards it. */
export interface Towards {
  peer: PeerRecord;
  standings: Standing[];
}

/**
 * Makes the reading of what stands towards every confirmed region at once: of a thousand regions one call reads no more
 * than what was written since the last, and the rest is judged anew by the clock. For what is shown to choose from; who
 * acts on a choice asks `findEffective`.
 */
export function createOverview(work: Work): () => Promise<Towards[]> {
  const agreements = holdRows(work.clock, work.agreements);
  const peers = holdRows(work.clock, work.peers);
  return async () => {
    const [records, regions] = await Promise.all([agreements(), peers()]);
    const held = workOn(work, records);
    const confirmed = regions
      .filter(({ state }) => state === 'confirmed')
      .sort((one, other) => (one.regionCode < other.regionCode ? -1 : 1));
    return Promise.all(
      confirmed.map(async (peer) => ({ peer, standings: await findEffective(held, peer.regionCode) })),
    );
  };
}

/** The stores as they are at this moment: agreements from what is held, what stands beside them read once. */
function workOn(work: Work, held: readonly AgreementRecord[]): Work {
  const records = [...held].sort(newestFirst);
  const byRegion = grouped(records, ({ regions }) => regions);
  const byAgreement = grouped(records, ({ agreementId }) => [agreementId]);
  // A member is the first party; where this region is only the operator it is somebody else's accession.
  const own = records.filter(
    ({ kind, chains }) => kind === 'accession' && chains[0]?.party === work.self.entityId,
  );
  let lists: ReturnType<Work['lists']['all']> | undefined;
  const mappings = new Map<string, ReturnType<Work['mappings']['byIds']>>();
  return {
    ...work,
    agreements: {
      ...work.agreements,
      ofRegion: async (regionCode) => byRegion.get(regionCode) ?? [],
      versionsOf: async (agreementId) => byAgreement.get(agreementId) ?? [],
      accessionsOf: async () => own,
    },
    lists: {
      ...work.lists,
      all: () => {
        lists ??= work.lists.all();
        return lists;
      },
    },
    mappings: {
      ...work.mappings,
      byIds: (recordIds) => {
        const key = recordIds.join(' ');
        const found = mappings.get(key) ?? work.mappings.byIds(recordIds);
        mappings.set(key, found);
        return found;
      },
    },
  };
}

const newestFirst = (one: AgreementRecord, other: AgreementRecord): number =>
  one.agreementId === other.agreementId
    ? other.agreementVersion - one.agreementVersion
    : one.agreementId < other.agreementId
      ? -1
      : 1;

const grouped = <T>(rows: readonly T[], keysOf: (row: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows)
    for (const key of keysOf(row)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  return groups;
};
