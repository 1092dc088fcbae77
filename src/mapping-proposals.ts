import type { Recognition } from './recognition/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals on mappings: the draft that was proposed is published when a second officer agrees. Its subject
 * is `id:version`, and its difference holds the digest: what was drafted anew meanwhile is another text and stays a draft.
 */
export const mappingHandlers = (
  recognition: Pick<Recognition, 'publishMapping' | 'readMapping'>,
): StaffDeps['handlers'] => ({
  'mapping.publish': {
    proposeAct: 'agreements.draft',
    approveAct: 'agreements.sign',
    apply: async ({ subject, proposer, history, difference }: Proposal) => {
      const [mappingId = '', version] = subject.split(':');
      const place = { mappingId, mappingVersion: Number(version) };
      const digestSeen = difference.find(({ field }) => field === 'mappingDigest')?.after;
      const approval = history.at(-1);
      const { digest } = await recognition.readMapping(place);
      if (approval === undefined || digest !== digestSeen) return;
      const by = { actor: proposer, secondOfficer: approval.officerId };
      await recognition.publishMapping({ ...place, ...by, digestSeen });
    },
  },
});
