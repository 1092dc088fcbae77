import { createWriteStream } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ChainFault, isSegment, type ProofReport, verifyProof, verifySegment } from '../audit/index.ts';
import { instanceCodeOf } from '../open-audit.ts';
import { withHouse } from './with-house.ts';

const verifyUsage = 'usage: yihao audit verify PROOF_OR_SEGMENT_FILE --keys JWKS_FILE';
const exportUsage = 'usage: yihao audit export --segment FILE [--after TREE_SIZE]';
const proveUsage =
  'usage: yihao audit prove SEQUENCE_OR_EVENT PROOF_FILE, or yihao audit prove --keys JWKS_FILE';

/** Verifies a proof or a segment offline and says in words what holds; returns whether all does. */
export async function verifyAuditProof(words: readonly string[]): Promise<boolean> {
  const [proofFile, flag, keysFile, ...more] = words;
  if (proofFile === undefined || flag !== '--keys' || keysFile === undefined || more.length > 0)
    throw new Error(verifyUsage);
  const { holds, findings } = await verifyFile(proofFile, await readJson(keysFile));
  for (const finding of findings) console.log(`${finding.holds ? 'ok   ' : 'FAULT'} ${finding.says}`);
  console.log(holds ? 'The proof holds.' : 'The proof does not hold.');
  return holds;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  try {
    yield* handle.readLines();
  } finally {
    await handle.close();
  }
}

/** A segment may be larger than memory: it is known by its first line and read a line at a time. */
const verifyFile = async (file: string, keys: unknown): Promise<ProofReport> => {
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
    await pipeline(Readable.from(written()), createWriteStream(file, { mode: 0o600 }));
    const { treeSize } = header.second.checkpoint;
    console.log(`written: ${file}, entries ${Number(size) + 1} to ${treeSize}`);
    console.log(`the next segment follows with --after ${treeSize}`);
  });
}

/** Walks the chain of the configured storage and says what is wrong with it; returns whether nothing is. */
export async function checkAuditChain(): Promise<boolean> {
  return withHouse(async ({ audit }) => {
    const { holds, entries, checkpoints, sealedEntries, faults } = await audit.check();
    for (const fault of faults) console.log(`FAULT ${describe(fault)}`);
    console.log(
      `${entries} entries, ${checkpoints} signed tree heads, ${entries - sealedEntries} entries not signed yet`,
    );
    console.log(
      holds ? 'The chain holds.' : 'The chain does not hold: keep this storage as it is and report it.',
    );
    return holds;
  });
}

/** Counts the chain of the configured storage anew, beside a running server too, and says how long it was. */
export async function recountAuditChain(): Promise<void> {
  await withHouse(async ({ audit }) => {
    const entries = await audit.measures.recount();
    console.log(`${entries} entries of the audit chain were counted anew`);
  });
}

/** Writes the proof of one entry, or the public keys that verify it, to a file. */
export async function writeAuditProof(words: readonly string[]): Promise<void> {
  const [first, file, ...more] = words;
  if (first === undefined || file === undefined || more.length > 0) throw new Error(proveUsage);
  await withHouse(async ({ audit, crypto }, { region }) => {
    const document =
      first === '--keys'
        ? await crypto.sealer.publicKeys(instanceCodeOf(region.code))
        : await audit.prove(/^\d+$/.test(first) ? Number(first) : first);
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
    console.log(`written: ${file}`);
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
