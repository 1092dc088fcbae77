import { createDarkroom } from '../photo/darkroom.ts';
import { type Checkpoint, forgetCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { type ImportCounts, type RowOutcome, tally } from './counts.ts';
import { faultsOf } from './fault.ts';
import { type Frame, framesOf, type Place } from './frames.ts';
import { issueRow } from './issue-row.ts';
import type { ImportDeps, ImportRequest, RowWork } from './ports.ts';
import { isBlank, openReader, type ReadRow, type RowReader } from './read-row.ts';
import { openReport, type RejectReport } from './report.ts';
import { type ImportSource, openSource } from './source.ts';
import { tryRow } from './try-row.ts';
import { createTurns } from './turns.ts';

/** How far an import is. */
export interface ImportProgress {
  counts: ImportCounts;
  next: Place;
  sizeBytes: number;
  /** Whether an import that was cut short goes on. */
  isResumed: boolean;
}

/** How an import ended: every row was issued, was there, or is in the report. */
export interface ImportResult {
  counts: ImportCounts;
  reportFile: string;
}

/** So many rows are in flight at most, and so many are done again after a kill. */
const batchRows = 64;
const photosAtOnce = 4;

/**
 * Imports a file of certificates (存量数据迁移): streamed, a batch at a time, each batch on disk before the next begins.
 * Cut short at any moment, the same call goes on where the last whole batch ended; rows done twice are one certificate.
 * Calls `tell` first with the place it begins at, then after each batch. Throws import-file-…, import-encoding,
 * import-header-…, import-progress-damaged, and whatever is no row's fault.
 */
export async function importFile(
  deps: ImportDeps,
  request: ImportRequest,
  tell: (progress: ImportProgress) => void,
): Promise<ImportResult> {
  const source = await openSource(request.file);
  try {
    const work: RowWork = { ...deps, request, photoDesk: createDarkroom(photosAtOnce) };
    const reader = await openReader(source, work);
    const resumed = request.dryRun ? null : await readCheckpoint(request.file, source.mark);
    // A trial has a report of its own: that of an import cut short is needed when it goes on.
    const reportFile = `${request.file}${request.dryRun ? '.dry-run' : ''}.rejected.ndjson`;
    const report = await openReport(reportFile, resumed?.reportBytes ?? 0);
    try {
      const counts = await importRows({ work, source, reader, report, resumed, tell });
      return { counts, reportFile };
    } finally {
      await report.close();
    }
  } finally {
    await source.close();
  }
}

interface Run {
  work: RowWork;
  source: ImportSource;
  reader: RowReader;
  report: RejectReport;
  resumed: Checkpoint | null;
  tell(progress: ImportProgress): void;
}

async function importRows({ work, source, reader, report, resumed, tell }: Run): Promise<ImportCounts> {
  const { clock, request } = work;
  const keep = async (checkpoint: Checkpoint): Promise<Checkpoint> => {
    if (!request.dryRun) await writeCheckpoint(request.file, checkpoint);
    const { counts, next } = checkpoint;
    tell({ counts, next, sizeBytes: source.mark.sizeBytes, isResumed: resumed !== null });
    return checkpoint;
  };
  const first: Checkpoint = {
    mark: source.mark,
    next: reader.start,
    counts: { created: 0, alreadyThere: 0, rejected: 0 },
    reportBytes: 0,
    at: clock.now(),
  };
  let done = await keep(resumed ?? first);
  // The batch that was in flight may be in already, all or in part; it is the same batch, as it begins at the same row.
  let repeatedSince = resumed?.at ?? null;
  const frames = framesOf(source.chunksFrom(done.next), done.next, source.form);
  for await (const batch of batchesOf(frames)) {
    const outcomes = await outcomesOf(work, reader, batch.frames);
    const rejected = outcomes.flatMap((row, i) =>
      row.outcome === 'rejected' ? [{ line: batch.frames[i]?.line ?? 0, faults: row.faults }] : [],
    );
    const reportBytes = await report.add(rejected);
    const counts = tally(done.counts, outcomes, repeatedSince);
    done = await keep({ mark: source.mark, next: batch.next, counts, reportBytes, at: clock.now() });
    repeatedSince = null;
  }
  if (!request.dryRun) await forgetCheckpoint(request.file);
  return done.counts;
}

async function* batchesOf(frames: AsyncIterable<Frame>): AsyncGenerator<{ frames: Frame[]; next: Place }> {
  let batch: Frame[] = [];
  for await (const frame of frames) {
    if (!isBlank(frame)) batch.push(frame);
    if (batch.length < batchRows) continue;
    yield { frames: batch, next: frame.next };
    batch = [];
  }
  const last = batch.at(-1);
  if (last !== undefined) yield { frames: batch, next: last.next };
}

/** Does a batch at once; when something fails that is no row's fault, the others end before it is passed on. */
async function outcomesOf(work: RowWork, reader: RowReader, frames: readonly Frame[]): Promise<RowOutcome[]> {
  const rows = await Promise.all(frames.map((frame) => reader.read(frame)));
  const inTurn = createTurns();
  const settled = await Promise.allSettled(
    rows.map((read) =>
      'faults' in read ? rejected(read) : inTurn(keysOf(read), () => outcomeOf(work, read)),
    ),
  );
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

type SoundRow = Exclude<ReadRow, { faults: unknown }>;

const rejected = async ({ faults }: Extract<ReadRow, { faults: unknown }>): Promise<RowOutcome> => ({
  outcome: 'rejected',
  faults,
});

/** Rows of one certificate, or of one photo, are done in the order of the file: of two that differ the first one stands. */
const keysOf = ({ row, checked }: SoundRow): string[] => [
  checked.identifier,
  ...(row.photoFile === undefined ? [] : [`photo ${row.photoFile}`]),
];

async function outcomeOf(work: RowWork, { row, checked }: SoundRow): Promise<RowOutcome> {
  const { identifier } = checked;
  try {
    if (work.request.dryRun) {
      const { created } = await tryRow(work, row, checked);
      return { outcome: created ? 'created' : 'already-there', identifier, createdAt: null };
    }
    const { created, certificate } = await issueRow(work, row, checked);
    const { createdAt } = certificate;
    return { outcome: created ? 'created' : 'already-there', identifier, createdAt };
  } catch (error) {
    return { outcome: 'rejected', faults: faultsOf(error) };
  }
}
