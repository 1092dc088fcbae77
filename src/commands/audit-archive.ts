import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  archivedEntries,
  proveArchived,
  type SegmentFile,
  type SegmentsReport,
  verifySegments,
} from '../audit/index.ts';
import type { House } from '../house.ts';
import { instanceCodeOf } from '../open-audit.ts';
import { parseCalendarDate } from '../terms/calendar-date.ts';
import { withHouse } from './with-house.ts';

const pruneUsage = 'usage: yihao audit prune --before YYYY-MM-DD --segments FOLDER';

/** Reads a file line by line; it may be larger than memory. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  try {
    yield* handle.readLines();
  } finally {
    await handle.close();
  }
}

const segmentFile = (path: string): SegmentFile => ({ name: basename(path), lines: () => linesOf(path) });

/** Names the files of a folder. */
export async function filesIn(folder: string): Promise<SegmentFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.sort().map((name) => segmentFile(join(folder, name)));
}

/** Tells whether a path is that of a folder. */
export const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

/** Writes what a row of segments turned out to be, a line each. */
export function sayFindings({ findings }: Pick<SegmentsReport, 'findings'>): void {
  for (const { holds, says } of findings) console.log(`${holds ? 'ok   ' : 'FAULT'} ${says}`);
}

/** Makes sure that a power cut does not take back what is in a folder: what is deleted must be there for good. */
async function settle(folder: string, files: readonly SegmentFile[]): Promise<void> {
  for (const path of [...files.map(({ name }) => join(folder, name)), folder]) {
    const handle = await open(path);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/**
 * Takes what was signed before a day out of the store, once it stands in verified segments, and says what went and what
 * is wanted next; beside a running server too.
 */
export async function pruneAudit(words: readonly string[]): Promise<void> {
  const [first, date, second, folder, ...more] = words;
  if (first !== '--before' || second !== '--segments' || !date || !folder || more.length > 0)
    throw new Error(pruneUsage);
  const before = new Date(`${parseCalendarDate(date)}T00:00:00+08:00`);
  await withHouse(async ({ audit, crypto }, { region, auditRetentionDays }) => {
    const files = await filesIn(folder);
    await settle(folder, files);
    const cuts = await audit.archive.prune({
      before,
      retentionDays: auditRetentionDays,
      files,
      publicJwks: await crypto.sealer.publicKeys(instanceCodeOf(region.code)),
    });
    for (const { after, treeSize, file, digest } of cuts)
      console.log(`pruned: entries ${after + 1} to ${treeSize}, in ${file}, SHA-256 ${digest}`);
    const through = (await audit.archive.latestCut())?.treeSize ?? 0;
    if (cuts.length === 0)
      console.log(
        `nothing pruned: no segment in ${folder} begins after entry ${through} and ends before ${date}`,
      );
    console.log(`the next segment to prune follows with --after ${through}`);
  });
}

/** Proves an entry from its segment alone, with no store. */
export const proveFromSegment = (name: string, file: string) => proveArchived(segmentFile(file), name);

/** Verifies the segments of a folder as one chain and says so. */
export async function verifyFolder(folder: string, keys: unknown): Promise<SegmentsReport> {
  return verifySegments(await filesIn(folder), keys);
}

/**
 * Verifies that the segments of a folder have what was pruned from this storage, and go up to where its chain goes on;
 * says so, and returns whether they do.
 */
export async function checkSegments(house: House, regionCode: string, folder: string): Promise<boolean> {
  const cut = await house.audit.archive.latestCut();
  const keys = await house.crypto.sealer.publicKeys(instanceCodeOf(regionCode));
  const report = await verifyFolder(folder, keys);
  sayFindings(report);
  const reaches = report.treeSize >= (cut?.treeSize ?? 0);
  if (!reaches) console.log(`FAULT entries ${report.treeSize + 1} to ${cut?.treeSize} are in no segment`);
  return report.holds && reaches;
}

/** Counts the chain anew, with the segments of a folder for what was pruned. */
export async function recountWith(house: House, folder: string | undefined): Promise<number> {
  const { measures } = house.audit;
  return folder === undefined ? measures.recount() : measures.recount(archivedEntries(await filesIn(folder)));
}
