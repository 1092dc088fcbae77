import type { Objections, Recognition, Verifications } from '../../recognition/index.ts';
import { agreementMessages } from './agreements.ts';
import { certificateMessages } from './certificates.ts';
import { frameworkMessages } from './frameworks.ts';
import { mappingMessages } from './mappings.ts';
import type { PeerMessage } from './message.ts';
import { objectionMessages } from './objections.ts';

/** What the messages of other regions are handed to. */
export interface PeerDomains {
  recognition: Recognition;
  verifications: Verifications;
  objections: Objections;
}

/** Lists what other regions can send here. */
export const regionMessages = ({ recognition, verifications, objections }: PeerDomains): PeerMessage[] => [
  ...agreementMessages(recognition),
  ...certificateMessages(verifications),
  ...frameworkMessages(recognition),
  ...mappingMessages(recognition),
  ...objectionMessages(objections),
];
