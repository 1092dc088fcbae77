import { parseArgs } from 'node:util';
import { readConfig } from '../../config/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import {
  type ImportProgress,
  type ImportRequest,
  type ImportResult,
  importFile,
} from '../directory/index.ts';
import { openHouse } from '../house.ts';
import { createLog } from '../http/index.ts';
import { describeProgress, type TimedProgress } from './import-progress.ts';
import { findMasterKey } from './master-key.ts';

const usage =
  'usage: yihao import certificates FILE.csv|FILE.ndjson [--photos DIR] [--accept-photos] [--dry-run]';

const someRejected = 3;

/**
 * Imports the certificates of a file into the configured storage. Returns the exit status: 0 when all are in, 3 when
 * some rows were rejected. What it throws ends the command with 1; run again, it goes on where it stopped.
 */
export async function importCertificates(words: readonly string[]): Promise<number> {
  const request = readRequest(words);
  const config = readConfig();
  const house = await openHouse({
    config,
    masterKey: await findMasterKey(config),
    clock: systemClock,
    log: createLog(config.logLevel),
  });
  const ticker = startTicker(systemClock);
  try {
    const { directory, photos } = house;
    const result = await importFile({ directory, photos, clock: systemClock }, request, ticker.tell);
    ticker.stop();
    console.log(summaryOf(request, result));
    return result.counts.rejected > 0 ? someRejected : 0;
  } finally {
    ticker.stop();
    await house.close();
  }
}

function readRequest(words: readonly string[]): ImportRequest {
  const { values, positionals } = parseWords(words);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(usage);
  return {
    file,
    ...(values.photos === undefined ? {} : { photoFolder: values.photos }),
    acceptPhotos: values['accept-photos'],
    dryRun: values['dry-run'],
    actor: 'import',
  };
}

const parseWords = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        photos: { type: 'string' },
        'accept-photos': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    });
  } catch {
    throw new Error(usage);
  }
};

const terminalMilliseconds = 1000;
const logMilliseconds = 10_000;

/** Tells how far an import is on standard error: each second over one line of a terminal, else a line each ten seconds. */
function startTicker(clock: Clock): { tell(progress: ImportProgress): void; stop(): void } {
  const { isTTY } = process.stderr;
  let begun: TimedProgress | null = null;
  let latest: TimedProgress | null = null;
  const show = (): void => {
    if (begun === null || latest === null) return;
    const line = describeProgress(begun, latest);
    process.stderr.write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, isTTY ? terminalMilliseconds : logMilliseconds);
  return {
    tell(progress) {
      latest = { ...progress, at: clock.now() };
      if (begun !== null) return;
      begun = latest;
      if (progress.isResumed) console.error(`Going on at line ${progress.next.line}.`);
    },
    stop() {
      clearInterval(timer);
      if (isTTY && latest !== null) process.stderr.write('\r\u001b[K');
    },
  };
}

function summaryOf({ dryRun }: ImportRequest, { counts, reportFile }: ImportResult): string {
  const { created, alreadyThere, rejected } = counts;
  const line = `${created} ${dryRun ? 'would be issued' : 'issued'}, ${alreadyThere} already there, ${rejected} rejected`;
  return rejected === 0 ? line : `${line}\nWhy each was rejected: ${reportFile}`;
}
