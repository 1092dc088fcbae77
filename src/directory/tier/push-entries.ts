import type { LinkRecord, LinkState, Pushed } from './link.ts';
import type { ChildWork } from './ports.ts';
import { type Sent, sendEntries } from './send-entries.ts';

/**
 * Sends one page upward: of the first filling while it lasts, of what changed since after that. The link moves on only
 * when the parent has answered, so a process that is killed sends a page again and leaves none out. Returns null when
 * nothing waits. Throws tier-parent-unreachable and tier-parent-refused.
 */
export async function pushPage(work: ChildWork): Promise<Pushed | null> {
  const link = await linkOf(work);
  return link.filled ? pushChanges(work, link) : pushFilling(work, link);
}

/** Sends pages until nothing waits. Throws as pushPage does. */
export async function pushAll(work: ChildWork): Promise<Pushed> {
  const total: Pushed = { stored: 0, unchanged: 0, refused: 0, skipped: 0 };
  for (;;) {
    const page = await pushPage(work);
    if (page === null) return total;
    total.stored += page.stored;
    total.unchanged += page.unchanged;
    total.refused += page.refused;
    total.skipped += page.skipped;
  }
}

/** Tells how the link to the parent stands. */
export async function stateOf(work: ChildWork): Promise<LinkState> {
  const { _id, revision, outbox, createdAt, updatedAt, fillAfter, ...link } = await linkOf(work);
  const behind = link.filled ? Math.max(0, (await work.changes.head()) - link.position) : null;
  return { parent: _id, ...link, behind };
}

/** Reads the link; where there is none it is made, at the place of the newest change, before the filling begins. */
export async function linkOf(work: ChildWork): Promise<LinkRecord> {
  const known = await work.store.link(work.parentName);
  if (known !== null) return known;
  const now = work.clock.now();
  const record: LinkRecord = {
    _id: work.parentName,
    fillAfter: '',
    filled: false,
    position: await work.changes.head(),
    stored: 0,
    refused: 0,
    skipped: 0,
    lastRefusal: null,
    differing: 0,
    lastPushAt: null,
    lastReconciledAt: null,
    revision: 1,
    outbox: [],
    createdAt: now,
    updatedAt: now,
  };
  if (await work.store.insertLink(record)) return record;
  return linkOf(work);
}

async function pushFilling(work: ChildWork, link: LinkRecord): Promise<Pushed> {
  const rows = await work.library.rowsAfter(link.fillAfter, work.entriesAtOnce);
  const identifiers = rows.map(({ identifier }) => identifier);
  const filled = rows.length < work.entriesAtOnce;
  const sent = await sendEntries(work, identifiers, null);
  return moveOn(work, link, sent, { fillAfter: identifiers.at(-1) ?? link.fillAfter, filled });
}

async function pushChanges(work: ChildWork, link: LinkRecord): Promise<Pushed | null> {
  const head = await work.changes.head();
  // The storage came back from a backup: what was sent since then is not known here, so all is sent anew.
  if (head < link.position) {
    await work.store.swapLink(link, { fillAfter: '', filled: false, position: head }, null);
    return pushPage(work);
  }
  if (head === link.position) return null;
  const { identifiers, position } = await work.changes.after(link.position, work.entriesAtOnce);
  const sent = await sendEntries(work, identifiers, Math.max(0, head - position));
  return moveOn(work, link, sent, { position });
}

/** Where another process has moved the link on meanwhile it stays there: the same pages were sent, which harms nothing. */
async function moveOn(
  work: ChildWork,
  link: LinkRecord,
  { lastRefusal, ...sent }: Sent,
  place: Partial<LinkRecord>,
): Promise<Pushed> {
  const changes = {
    ...place,
    stored: link.stored + sent.stored,
    refused: link.refused + sent.refused,
    skipped: link.skipped + sent.skipped,
    lastRefusal: lastRefusal ?? link.lastRefusal,
    lastPushAt: work.clock.now(),
  };
  await work.store.swapLink(link, changes, null);
  return sent;
}
