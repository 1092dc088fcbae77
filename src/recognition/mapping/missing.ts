import { judged } from '../agreement/judge.ts';
import type { Work } from '../ports.ts';
import { recordIdOf, referencesOf } from './find-mapping.ts';
import type { MappingPlace } from './record.ts';
import { isLiving } from './touched.ts';

/** How many agreements are looked through; what is left comes with the next round. */
const mostRead = 200;

/** Lists what agreements with a peer refer to and is not here: the peer is asked for it. */
export async function listMissing(work: Work, entityId: string): Promise<MappingPlace[]> {
  const peer = await work.peers.byId(entityId);
  if (peer === null) return [];
  const agreements = await judged(work, await work.agreements.referring(peer.regionCode, mostRead));
  const living = agreements.filter((agreement) => isLiving(agreement, work.clock.now()));
  const references = living.flatMap(({ document }) => referencesOf(document));
  const wanted = new Map(references.map((reference) => [recordIdOf(reference), reference]));
  const held = await work.mappings.byIds([...wanted.keys()]);
  for (const { _id } of held) wanted.delete(_id);
  return [...wanted.values()].map(({ id, version }) => ({ mappingId: id, mappingVersion: version }));
}
