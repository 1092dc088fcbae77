import { caseShape, type Objections, objectionKind } from '../../recognition/index.ts';
import { message, type PeerMessage } from './message.ts';

/** Makes the message by which a case between two regions is told, opened, answered and closed alike. */
export const objectionMessages = (objections: Pick<Objections, 'receiveObjection'>): PeerMessage[] => [
  message({
    kind: objectionKind,
    content: caseShape,
    handle: (told, { from }) => objections.receiveObjection(from, told),
  }),
];
