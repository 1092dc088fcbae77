import { z } from 'zod';
import { folderShape, memberListKinds, type Recognition } from '../../recognition/index.ts';
import { message, type PeerMessage } from './message.ts';

/** The longest list; one of two thousand members fits. */
const mostCharacters = 1_000_000;

/** Makes the messages by which the operator of a framework tells who its members are, and what they signed. */
export const frameworkMessages = (
  recognition: Pick<Recognition, 'receiveMemberList' | 'receiveFolder'>,
): PeerMessage[] => [
  message({
    kind: memberListKinds.list,
    content: z.object({ list: z.string().max(mostCharacters) }),
    async handle({ list }, { from }) {
      return { content: { missing: await recognition.receiveMemberList(from, list) } };
    },
  }),
  message({
    kind: memberListKinds.folder,
    content: folderShape,
    async handle(folder, { from }) {
      await recognition.receiveFolder(from, folder);
      return { content: {} };
    },
  }),
];
