import { z } from 'zod';
import { questionShape, type Verifications, verificationKinds } from '../../recognition/index.ts';
import { message, type PeerMessage } from './message.ts';

/** Makes the messages by which another region asks about certificates of this one. */
export const certificateMessages = (
  verifications: Pick<Verifications, 'answerQuestion' | 'answerCredentialKeys'>,
): PeerMessage[] => [
  message({
    kind: verificationKinds.certificate,
    content: questionShape,
    handle: (question, asked) => verifications.answerQuestion(question, asked),
  }),
  message({
    kind: verificationKinds.credentialKeys,
    content: z.object({}),
    handle: () => verifications.answerCredentialKeys(),
  }),
];
