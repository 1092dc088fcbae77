import { AppError } from '../../base/error.ts';
import type { ChainEntry } from '../entry.ts';
import { isSegment, parseHeader, parseLine, type SegmentHeader } from '../segment.ts';
import { type Finding, finding, type ProofReport } from '../verify-proof.ts';
import { verifySegment } from '../verify-segment.ts';

const pageSize = 500;

/** A file that may be a segment. */
export interface SegmentFile {
  name: string;
  /** Its lines from the first on, as often as asked. */
  lines(): AsyncIterable<string>;
}

/** A segment with what its first line tells. */
export interface ToldSegment {
  file: SegmentFile;
  header: SegmentHeader;
  /** How many entries come before it. */
  after: number;
}

/** Finds the segments among files, in the order of the chain. Throws audit-proof-malformed. */
export async function segmentsIn(files: readonly SegmentFile[]): Promise<ToldSegment[]> {
  const found: ToldSegment[] = [];
  for (const file of files)
    for await (const line of file.lines()) {
      if (isSegment(line)) {
        const header = parseHeader(line);
        found.push({ file, header, after: header.first?.checkpoint.treeSize ?? 0 });
      }
      break;
    }
  return found.sort((one, other) => one.after - other.after || sizeOf(one) - sizeOf(other));
}

const sizeOf = ({ header }: ToldSegment): number => header.second.checkpoint.treeSize;

/** What a row of segments turned out to be, and up to where it reaches. */
export interface SegmentsReport extends ProofReport {
  treeSize: number;
  rootHash: string;
}

/**
 * Verifies that segments are one chain from its first entry on, each by itself and each going on where another ended, by
 * the public keys alone. Throws audit-proof-malformed, audit-segment-missing when there is none that begins the chain.
 */
export async function verifySegments(
  files: readonly SegmentFile[],
  publicJwks: unknown,
): Promise<SegmentsReport> {
  const segments = await segmentsIn(files);
  const findings: Finding[] = [];
  let [treeSize, rootHash] = [0, ''];
  for (const { file, header, after } of segments) {
    if (after !== treeSize) throw new AppError('audit-segment-missing', { after: treeSize });
    const isNext = after === 0 || header.first?.checkpoint.rootHash === rootHash;
    const { holds, findings: own } = await verifySegment(file.lines(), publicJwks);
    const fault = own.find((one) => !one.holds);
    ({ treeSize, rootHash } = header.second.checkpoint);
    findings.push(
      finding(
        holds && isNext,
        `${file.name}: entries ${after + 1} to ${treeSize}`,
        `${file.name}: ${fault?.says ?? 'it does not go on where the segment before ended'}`,
      ),
    );
  }
  if (segments.length === 0) throw new AppError('audit-segment-missing', { after: 0 });
  return { holds: findings.every(({ holds }) => holds), findings, treeSize, rootHash };
}

/** Reads the entries of segments in the order of the chain, a page at a time. Throws audit-proof-malformed. */
export async function* archivedEntries(files: readonly SegmentFile[]): AsyncGenerator<ChainEntry[]> {
  for (const { file } of await segmentsIn(files)) {
    let [page, number]: [ChainEntry[], number] = [[], 0];
    for await (const line of file.lines()) {
      number += 1;
      if (number === 1) continue;
      const { event, ...rest } = parseLine(line, number);
      page.push({ ...rest, event: { ...event, at: new Date(event.at) } });
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    yield page;
  }
}
