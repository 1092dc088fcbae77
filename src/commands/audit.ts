import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ChainFault, isSegment, type ProofReport, verifyProof, verifySegment } from '../audit/index.ts';
import { instanceCodeOf } from '../open-audit.ts';
import {
  checkSegments,
  isFolder,
  linesOf,
  proveFromSegment,
  recountWith,
  sayFindings,
  verifyFolder,
} from './audit-archive.ts';
import { withHouse } from './with-house.ts';

const verifyUsage = 'usage: yihao audit verify PROOF_OR_SEGMENT_FILE_OR_FOLDER --keys JWKS_FILE';
const checkUsage = 'usage: yihao audit check [--segments FOLDER]';
const recountUsage = 'usage: yihao audit recount [--segments FOLDER]';
const exportUsage = 'usage: yihao audit export --segment FILE [--after TREE_SIZE]';
const proveUsage =
  'usage: yihao audit prove SEQUENCE_OR_EVENT PROOF_FILE [--segment FILE], or yihao audit prove --keys JWKS_FILE';

/** Verifies a proof, a segment or a folder of segments offline and says in words what holds; returns whether all does. */
export async function verifyAuditProof(words: readonly string[]): Promise<boolean> {
  const [proofFile, flag, keysFile, ...more] = words;
  if (proofFile === undefined || flag !== '--keys' || keysFile === undefined || more.length > 0)
    throw new Error(verifyUsage);
  const { holds, findings } = await verifyFile(proofFile, await readJson(keysFile));
  sayFindings({ findings });
  console.log(holds ? 'The proof holds.' : 'The proof does not hold.');
  return holds;
}

/** A segment may be larger than memory: it is known by its first line and read a line at a time. */
const verifyFile = async (file: string, keys: unknown): Promise<ProofReport> => {
  if (await isFolder(file)) return verifyFolder(file, keys);
  for await (const line of linesOf(file)) {
    if (isSegment(line)) return verifySegment(linesOf(file), keys);
    break;
  }
  return verifyProof(await readJson(file), keys);
};

/** Writes the entries between two signed tree heads to a file that is verified alone. */
export async function exportAuditSegment(words: readonly string[]): Promise<void> {
  const [what, file, flag = '--after', size = '0', ...more] = words;
  const isAsked = what === '--segment' && flag === '--after' && more.length === 0 && words.length !== 3;
  if (file === undefined || !isAsked || !/^\d{1,15}$/.test(size)) throw new Error(exportUsage);
  await withHouse(async ({ audit }) => {
    const { header, lines } = await audit.exportSegment(Number(size));
    const written = async function* () {
      for await (const line of lines) yield `${line}\n`;
    };
    await pipeline(Readable.from(written()), createWriteStream(file, { mode: 0o600, flush: true }));
    const { treeSize } = header.second.checkpoint;
    console.log(`written: ${file}, entries ${Number(size) + 1} to ${treeSize}`);
    console.log(`the next segment follows with --after ${treeSize}`);
  });
}

/** Reads the folder of segments that may be named. */
const folderOf = (words: readonly string[], usage: string): string | undefined => {
  const [flag, folder, ...more] = words;
  if (words.length > 0 && (flag !== '--segments' || folder === undefined || more.length > 0))
    throw new Error(usage);
  return folder;
};

/**
 * Walks the chain of the configured storage, with the segments of what was pruned when they are named, and says what is
 * wrong with it; returns whether nothing is.
 */
export async function checkAuditChain(words: readonly string[] = []): Promise<boolean> {
  const folder = folderOf(words, checkUsage);
  return withHouse(async (house, { region }) => {
    const segmentsHold = folder === undefined || (await checkSegments(house, region.code, folder));
    const { holds: storeHolds, entries, checkpoints, sealedEntries, cut, faults } = await house.audit.check();
    const holds = segmentsHold && storeHolds;
    for (const fault of faults) console.log(`FAULT ${describe(fault)}`);
    console.log(
      `${entries} entries, ${checkpoints} signed tree heads, ${entries - sealedEntries} entries not signed yet`,
    );
    if (cut !== null)
      console.log(
        `entries 1 to ${cut.treeSize} are in segments, the last in ${cut.file}, SHA-256 ${cut.digest}`,
      );
    console.log(
      holds ? 'The chain holds.' : 'The chain does not hold: keep this storage as it is and report it.',
    );
    return holds;
  });
}

/** Counts the chain of the configured storage anew, beside a running server too, and says how long it was. */
export async function recountAuditChain(words: readonly string[] = []): Promise<void> {
  const folder = folderOf(words, recountUsage);
  await withHouse(async (house) => {
    const entries = await recountWith(house, folder);
    console.log(`${entries} entries of the audit chain were counted anew`);
  });
}

/** Writes the proof of one entry, from the store or from its segment alone, or the public keys that verify it, to a file. */
export async function writeAuditProof(words: readonly string[]): Promise<void> {
  const [first, file, flag = '--segment', segment, ...more] = words;
  const isAsked = flag === '--segment' && more.length === 0 && words.length !== 3;
  if (first === undefined || file === undefined || !isAsked) throw new Error(proveUsage);
  const write = async (document: object): Promise<void> => {
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
    console.log(`written: ${file}`);
  };
  if (segment !== undefined) return write(await proveFromSegment(first, segment));
  await withHouse(async ({ audit, crypto }, { region }) => {
    await write(
      first === '--keys'
        ? await crypto.sealer.publicKeys(instanceCodeOf(region.code))
        : await audit.prove(/^\d+$/.test(first) ? Number(first) : first),
    );
  });
}

const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON; export it again`, { cause });
  }
};

const entryWords = {
  gap: 'an entry is missing before it',
  link: 'it does not follow the entry before it',
  hash: 'it was altered',
};
const headWords = {
  root: 'the entries it covers are not those it was signed over',
  seal: 'it was altered, or is not signed by this instance',
  beyond: 'entries it was signed over are gone',
};

const describe = (fault: ChainFault): string =>
  fault.at === 'entry'
    ? `entry ${fault.sequence}: ${entryWords[fault.fault]}`
    : `tree head of ${fault.treeSize} entries: ${headWords[fault.fault]}`;
