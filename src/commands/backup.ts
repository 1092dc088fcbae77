import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../../config/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import { type RecipientKey, readIdentityFile, readRecipientFile } from '../crypto/index.ts';
import { openHouse } from '../house.ts';
import { createLog } from '../http/index.ts';
import { dumpLines } from '../storage/archive/dump.ts';
import type { Manifest } from '../storage/archive/lines.ts';
import { loadArchive } from '../storage/archive/load.ts';
import { openSource } from '../storage/archive/source.ts';
import { readLines } from '../storage/archive/verify.ts';
import { openStorage } from '../storage/index.ts';
import { archiveFileOf, archiveLines, writeArchive } from './archive-file.ts';
import { findMasterKey } from './master-key.ts';

/**
 * The audit chain is read after every record whose events it may hold already: an event is then in an outbox, in the
 * chain or in both, and the relay takes each once. A tree head is read before the tree it was signed over.
 */
const chainCollections = ['auditcheckpoints', 'auditnodes', 'auditentries', 'auditcuts'];
const entryCollection = 'auditentries';

/** Writes an archive of the configured records, beside a running server too, and says what is in it. */
export async function backUp(words: readonly string[]): Promise<void> {
  const usage = 'usage: yihao backup --to FILE|FOLDER [--recipient PUBLIC_KEY_FILE]';
  const { word: target, keyFile } = readWords(words, 'recipient', usage);
  const config = readConfig();
  const recipient = keyFile === null ? null : await readRecipientFile(keyFile);
  const { file, manifest } = await makeBackup(config, target, { clock: systemClock, recipient });
  const records = manifest.parts.reduce((sum, { count }) => sum + count, 0);
  console.log(`written and read back: ${file}`);
  console.log(
    `${records} records of ${manifest.parts.length} collections, ${chainLength(manifest)} audit entries`,
  );
  if (manifest.consistency === 'in-order')
    console.log('The collections were read one after the other, the audit chain last.');
  const opens = recipient === null ? '' : ` and the private key of ${recipient.thumbprint}`;
  console.log(
    `Sessions and whatever else expires is not in it. It opens with this master key${opens} only: keep that elsewhere.`,
  );
}

/** Fills the configured, empty storage from an archive and checks it; returns whether the audit chain holds. */
export async function restore(words: readonly string[]): Promise<boolean> {
  const usage = 'usage: yihao restore --from FILE [--identity PRIVATE_KEY_FILE]';
  const { word: file, keyFile } = readWords(words, 'identity', usage);
  const config = readConfig();
  const masterKey = await findMasterKey({ ...config, production: true });
  const identity = keyFile === null ? null : await readIdentityFile(keyFile);
  const lines = () => archiveLines(file, masterKey, identity);
  const manifest = await readLines(lines());
  refuseOther(config, manifest);
  const storage = await openStorage(config.storage, systemClock);
  try {
    const written = await loadArchive(storage.records, manifest, lines());
    console.log(`${written} records written of ${manifest.parts.length} collections`);
  } finally {
    await storage.close();
  }
  const log = createLog(config.logLevel);
  const house = await openHouse({ config, masterKey, clock: systemClock, log });
  try {
    const { holds, entries } = await house.audit.check();
    const whole = holds && entries >= chainLength(manifest);
    console.log(`${entries} audit entries, ${chainLength(manifest)} of them in the backup`);
    console.log(
      whole ? 'The chain holds.' : 'The chain does not hold: run yihao audit check, and do not serve this.',
    );
    return whole;
  } finally {
    await house.close();
  }
}

/** Writes an archive of the records to a file or into a folder. Throws backup-target-taken, backup-nothing. */
export async function makeBackup(
  config: Config,
  target: string,
  { clock, recipient }: { clock: Clock; recipient: RecipientKey | null },
): Promise<{ file: string; manifest: Manifest }> {
  const masterKey = await findMasterKey({ ...config, production: true });
  const { issuer, region } = config;
  const begunAt = clock.now();
  const file = await archiveFileOf(target, region.code, begunAt);
  const source = await openSource(config.storage);
  try {
    const head = { archiveId: newId(), issuer, regionCode: region.code, begunAt: begunAt.toISOString() };
    const manifest = await writeArchive(
      file,
      { masterKey, recipient },
      dumpLines(source, head, chainCollections),
    );
    return { file, manifest };
  } finally {
    await source.close();
  }
}

/** Reads the one word and the file of a key that may follow it. Throws an Error with the usage. */
const readWords = (
  words: readonly string[],
  option: string,
  usage: string,
): { word: string; keyFile: string | null } => {
  const { values, positionals } = parse(words, option, usage);
  const [word, ...more] = positionals;
  const keyFile = values[option] ?? null;
  if (!word || more.length > 0 || keyFile === '') throw new Error(usage);
  return { word, keyFile };
};

const parse = (words: readonly string[], option: string, usage: string) => {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: { [option]: { type: 'string' } } });
  } catch (cause) {
    throw new Error(usage, { cause });
  }
};

const refuseOther = ({ issuer, region }: Config, { issuer: from, regionCode }: Manifest): void => {
  if (issuer !== from || region.code !== regionCode)
    throw new AppError('backup-other-instance', { issuer: from, regionCode });
};

/** The chain is numbered from 1 without a gap, so its length names its head. */
const chainLength = ({ parts }: Manifest): number =>
  parts.find(({ collection }) => collection === entryCollection)?.count ?? 0;
