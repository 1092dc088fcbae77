import { AppError } from '../../base/error.ts';
import type { AgreementPlace } from '../agreement/append.ts';
import type { Ask, Mail } from '../link/mail.ts';
import { isVouchedOnly } from '../peer/peer.ts';
import type { Work } from '../ports.ts';
import { memberListKinds, missingShape } from './message.ts';
import { folderFor, listVersion, signMemberList } from './publish.ts';

/** How often a list is told anew where nothing changed; who has not had one for two minutes opens no gate by it. */
const retellSeconds = 30;

/** Carries this region's member list to every region whose key was compared here; nothing while it operates no framework. */
export const memberListMail = (work: Work): Mail => ({
  tend: async () => undefined,
  async isDue(peer) {
    const version = await listVersion(work);
    return version > 0 && (await isUntold(work, peer, version));
  },
  async send(peer, ask, hasTime) {
    const version = await listVersion(work);
    if (version === 0 || !(await isUntold(work, peer, version))) return;
    await tell(work, peer, ask, hasTime);
  },
});

async function isUntold({ clock, lists, peers }: Work, peer: string, version: number): Promise<boolean> {
  const [record, told] = await Promise.all([peers.byId(peer), lists.toldTo(peer)]);
  if (record === null || isVouchedOnly(record)) return false;
  const ageSeconds = told === null ? Infinity : (clock.now().getTime() - told.toldAt.getTime()) / 1000;
  return told === null || told.version !== version || ageSeconds >= retellSeconds;
}

/** Tells the list, and what the other side then says it lacks; a peer that does not take it is told again later. */
async function tell(work: Work, peer: string, ask: Ask, hasTime: () => boolean): Promise<void> {
  const { version, token } = await signMemberList(work);
  try {
    const { claims } = await ask(peer, memberListKinds.list, { list: token });
    const read = missingShape.safeParse(claims);
    if (!read.success) throw new AppError('peer-answer-invalid', { fault: 'members' });
    for (const place of read.data.missing) if (hasTime()) await tellText(work, peer, ask, place);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'peer-refused') throw error;
  }
  await work.lists.tell(peer, { version, toldAt: work.clock.now() });
}

const tellText = async (work: Work, peer: string, ask: Ask, place: AgreementPlace): Promise<void> => {
  const folder = await folderFor(work, peer, place);
  if (folder !== null) await ask(peer, memberListKinds.folder, { ...folder });
};
