import { AppError } from '../../base/error.ts';
import type { Mapping, MappingPlace } from '../mapping/record.ts';
import { ask } from './ask.ts';
import { messageKinds } from './message.ts';
import type { LinkWork } from './ports.ts';
import { signedMappingShape } from './shapes.ts';

/**
 * Asks a peer for a published mapping, its own or one that was handed to it, and keeps it if its publisher vouches for it.
 * Throws as `ask` does, and mapping-document-invalid, mapping-signature-invalid, mapping-conflict, peer-not-trusted.
 */
export async function fetchMapping(work: LinkWork, peer: string, place: MappingPlace): Promise<Mapping> {
  const { claims } = await ask(work, peer, messageKinds.mapping, { ...place });
  const signed = signedMappingShape.safeParse(claims['signed']);
  if (!signed.success) throw new AppError('peer-answer-invalid', { fault: 'members' });
  const mapping = await work.recognition.receiveMapping(signed.data);
  const { id, version } = mapping.document;
  if (id !== place.mappingId || version !== place.mappingVersion)
    throw new AppError('peer-answer-invalid', { fault: 'another mapping' });
  return mapping;
}

/** What a peer has or vouches for badly is one mapping; whether it answers at all is another matter. */
const isOfOne = ({ code }: AppError): boolean =>
  code === 'peer-refused' || code === 'peer-not-trusted' || code.startsWith('mapping-');

/** Fetches what agreements with a peer refer to and is not here; one that cannot be had does not keep others from coming. */
export async function fetchMappings(work: LinkWork, peer: string): Promise<void> {
  for (const place of await work.recognition.listMissingMappings(peer)) {
    try {
      await fetchMapping(work, peer, place);
    } catch (error) {
      if (!(error instanceof AppError) || !isOfOne(error)) throw error;
      work.log.warn({ peer, ...place, code: error.code }, 'a mapping that an agreement refers to is missing');
    }
  }
}
