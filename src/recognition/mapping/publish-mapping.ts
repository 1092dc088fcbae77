import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { thumbprintOf } from '../../crypto/index.ts';
import type { Work } from '../ports.ts';
import { type MappingPlace, mappingRecordId, mappingSignatureType } from './record.ts';

/** Who publishes which version, having seen which text. */
export interface MappingPublication extends MappingPlace {
  digestSeen: string;
  actor: string;
  secondOfficer: string;
}

/**
 * Publishes a draft: signs it by the agreement key, and from then on it never changes. One that is published already with
 * the same text is left as it is. Throws mapping-missing, mapping-digest-differs, officer-must-differ, mapping-changed.
 */
export async function publishMapping(
  work: Work,
  { digestSeen, actor, secondOfficer, ...place }: MappingPublication,
): Promise<void> {
  if (actor === secondOfficer) throw new AppError('officer-must-differ');
  const record = await work.mappings.byId(mappingRecordId(place));
  if (record === null) throw new AppError('mapping-missing');
  if (record.digest !== digestSeen) throw new AppError('mapping-digest-differs');
  if (record.isPublished) return;

  const { current } = await work.keys.load();
  const signature = await work.keys.sign(thumbprintOf(current), Buffer.from(record.payload, 'base64url'), {
    typ: mappingSignatureType,
    iss: work.self.entityId,
    iat: epochSeconds(work.clock),
  });
  const { mappingId, mappingVersion } = place;
  const detail = { mappingId, mappingVersion, digest: digestSeen, proposer: actor };
  const event = newEvent(work.clock, 'mapping.published', secondOfficer, detail);
  const changes = { signature, isPublished: true, publishedAt: work.clock.now() };
  if (!(await work.mappings.swap(record, changes, event))) throw new AppError('mapping-changed');
}
