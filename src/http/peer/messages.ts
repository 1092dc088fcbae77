import type { Recognition, Verifications } from '../../recognition/index.ts';
import { agreementMessages } from './agreements.ts';
import { certificateMessages } from './certificates.ts';
import type { PeerMessage } from './message.ts';

/** What the messages of other regions are handed to. */
export interface PeerDomains {
  recognition: Recognition;
  verifications: Verifications;
}

/** Lists what other regions can send here. */
export const regionMessages = ({ recognition, verifications }: PeerDomains): PeerMessage[] => [
  ...agreementMessages(recognition),
  ...certificateMessages(verifications),
];
