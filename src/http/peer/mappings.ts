import { AppError } from '../../base/error.ts';
import { mappingPlaceShape, messageKinds, type Recognition } from '../../recognition/index.ts';
import { message, type PeerMessage } from './message.ts';

/** Makes the message by which another region asks for a published mapping. */
export const mappingMessages = (recognition: Pick<Recognition, 'signedMapping'>): PeerMessage[] => [
  message({
    kind: messageKinds.mapping,
    content: mappingPlaceShape,
    async handle(place) {
      const signed = await recognition.signedMapping(place);
      if (signed === null) throw new AppError('mapping-missing');
      return { content: { signed } };
    },
  }),
];
