import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { Site } from '../sites.ts';
import type { Work } from './ports.ts';
import { sandboxOf } from './sandbox.ts';
import type { ReleaseRecord } from './store.ts';

/** A version of a production site, as it is shown. */
export type Release = Omit<ReleaseRecord, '_id' | 'outbox'> & { releaseId: string };

/** One line of what a version changes. */
export interface SiteDifference {
  field: string;
  before: string | null;
  after: string | null;
}

const mostAttempts = 5;
const mostShown = 50;

const idOf = (clientId: string, number: number): string => `${clientId}@${number}`;

const releaseOf = ({ _id, outbox: _outbox, ...rest }: ReleaseRecord): Release => ({
  releaseId: _id,
  ...rest,
});

/** Writes the next version of a site, for two officers to decide about. Throws storage-unavailable. */
export async function askRelease(work: Work, site: Site, askedBy: string): Promise<Release> {
  const { clientId } = site;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const [latest] = await work.store.releasesOf(clientId, 1);
    const number = (latest?.number ?? 0) + 1;
    const event = newEvent(work.clock, 'site.release-asked', askedBy, { clientId, number });
    const record: ReleaseRecord = {
      _id: idOf(clientId, number),
      clientId,
      number,
      site,
      state: 'asked',
      askedBy,
      askedAt: event.at,
      settledAt: null,
      outbox: [event],
    };
    if (await work.store.insertRelease(record)) return releaseOf(record);
  }
  throw new AppError('storage-unavailable');
}

/** Finds a version. Throws site-release-missing. */
export async function readRelease(work: Work, releaseId: string): Promise<Release> {
  const record = await work.store.release(releaseId);
  if (record === null) throw new AppError('site-release-missing');
  return releaseOf(record);
}

/** Lists a site's versions, the newest first. */
export const listReleases = async (work: Work, clientId: string): Promise<Release[]> =>
  (await work.store.releasesOf(clientId, mostShown)).map(releaseOf);

/** Lists what developers ask for and nobody has settled, the newest of each site. */
export async function listAsked(work: Work): Promise<Release[]> {
  const asked = await work.store.asked(mostShown);
  return [...new Map(asked.map((record) => [record.clientId, releaseOf(record)])).values()];
}

/**
 * Makes the version that officers are to decide about: the one that was asked for, or, to roll back, an older one's content
 * as a version of its own. Throws site-release-missing, site-release-stale.
 */
export async function releaseToPropose(work: Work, releaseId: string, officerId: string): Promise<Release> {
  const release = await readRelease(work, releaseId);
  if (release.state === 'applied') return askRelease(work, release.site, officerId);
  const [latest] = await work.store.releasesOf(release.clientId, 1);
  if (release.state === 'declined' || latest?.number !== release.number)
    throw new AppError('site-release-stale');
  return release;
}

/**
 * Puts a version into production unless it is there, or a later one is: a proposal that is settled twice, or late, comes to
 * rest. Throws what the store throws of a registration that is no longer good.
 */
export async function applyRelease(work: Work, releaseId: string, actor: string): Promise<void> {
  const { site, number, clientId } = await readRelease(work, releaseId);
  const present = await work.sites.find(clientId);
  if ((present?.release ?? 0) < number) {
    // Who joined or left since the version was asked for.
    const developers = (await work.sites.find(sandboxOf(clientId)))?.developers ?? site.developers ?? [];
    await work.sites.save({ ...site, developers, release: number }, actor);
  }
  await settle(work, releaseId, { state: 'applied', actor });
}

/** Notes that officers will not have a version; one in production stays there. */
export const declineRelease = (work: Work, releaseId: string, actor: string): Promise<void> =>
  settle(work, releaseId, { state: 'declined', actor });

const settle = async (
  { store, clock }: Work,
  releaseId: string,
  { state, actor }: { state: 'applied' | 'declined'; actor: string },
): Promise<void> => {
  const event = newEvent(clock, `site.release-${state}`, actor, { releaseId });
  await store.settle(releaseId, state, { at: event.at, event });
};

const linesOf = ({
  metadata,
  name,
  legalBasis,
  clientId: _id,
  developers: _who,
  release: _release,
  requestsPerMinute: _quota,
  ...rest
}: Site) =>
  new Map<string, unknown>([
    ['name', `${name.zh} / ${name.en}`],
    ...Object.entries(rest),
    ...Object.entries(legalBasis).map(([scope, law]): [string, string] => [`legalBasis ${scope}`, law]),
    ...Object.entries(metadata),
  ]);

const textOf = (value: unknown): string | null => {
  if (value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
};

/** Says line by line what a version changes; everything where there was nothing. Who its developers are, and its quota, are no part of it. */
export function differenceOf(before: Site | null, after: Site): SiteDifference[] {
  const [old, next] = [before === null ? new Map<string, unknown>() : linesOf(before), linesOf(after)];
  const fields = [...new Set([...old.keys(), ...next.keys()])];
  return fields
    .filter((field) => !isDeepStrictEqual(old.get(field), next.get(field)))
    .map((field) => ({ field, before: textOf(old.get(field)), after: textOf(next.get(field)) }));
}
