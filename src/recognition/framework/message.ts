import { z } from 'zod';
import type { MessageKind } from '../link/message.ts';
import { placeShape, signedShape } from '../link/shapes.ts';

/** How an operator tells its list, and the texts and chains that the other side says are missing there. */
export const memberListKinds = {
  list: {
    path: '/peer/frameworks',
    type: 'yihao-member-list-notice+jwt',
    answerType: 'yihao-member-list-receipt+jwt',
    isSealed: false,
  },
  folder: {
    path: '/peer/frameworks/texts',
    type: 'yihao-agreement-folder+jwt',
    answerType: 'yihao-agreement-folder-receipt+jwt',
    isSealed: false,
  },
} as const satisfies Record<string, MessageKind>;

/** All that there is of one version, of every party. */
export const folderShape = z.object({
  signed: signedShape,
  chains: z
    .array(z.object({ party: z.string().max(512), events: z.array(z.string().max(8192)).max(1000) }))
    .min(1)
    .max(2),
});

/** What is missing at the other side. */
export const missingShape = z.object({ missing: z.array(placeShape).max(2200) });
