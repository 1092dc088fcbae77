import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import {
  type AgreementStatus,
  envelopeShape,
  messageKinds,
  placeShape,
  type Recognition,
  statusesShape,
} from '../../recognition/index.ts';
import { message, type PeerMessage } from './message.ts';

type Exchange = Pick<Recognition, 'receive' | 'hear' | 'listStatusesOf' | 'envelopeFor'>;

/** Makes the messages by which agreements are made, changed and kept alike. */
export const agreementMessages = (recognition: Exchange): PeerMessage[] => [
  message({
    kind: messageKinds.envelope,
    content: z.object({ envelope: envelopeShape }),
    async handle({ envelope }, { from }) {
      return { content: { status: await recognition.receive(from, envelope) } };
    },
  }),
  message({
    kind: messageKinds.read,
    content: placeShape,
    async handle(place, { from }) {
      const envelope = await recognition.envelopeFor(from, place);
      if (envelope === null) throw new AppError('agreement-missing');
      return { content: { envelope } };
    },
  }),
  message({
    kind: messageKinds.heartbeat,
    content: statusesShape,
    async handle({ statuses }, { from, saidAt }) {
      for (const status of statuses) await hearOne(recognition, from, { status, saidAt });
      // What the asker names and finds missing in the answer, it sends.
      return { content: { statuses: await recognition.listStatusesOf(from, statuses) } };
    },
  }),
];

/** One agreement that is seen differently, or not known here, does not keep the others from being heard. */
const hearOne = async (
  recognition: Exchange,
  from: string,
  said: { status: AgreementStatus; saidAt: Date },
): Promise<void> => {
  try {
    await recognition.hear(from, said);
  } catch (error) {
    const isOfOne =
      error instanceof AppError && ['agreement-missing', 'agreement-conflict'].includes(error.code);
    if (!isOfOne) throw error;
  }
};
