import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  archivedEntries,
  proveArchived,
  type SegmentFile,
  verifyProof,
  verifySegments,
} from '../../src/audit/index.ts';
import { type AuditHouse, authorityCode, openAuditHouse } from './audit-house.ts';

let house: AuditHouse;
const segments: string[][] = [];
const daySeconds = 86_400;
const retentionDays = 183;

const grow = async (recordId: string, count: number): Promise<void> => {
  await house.file(recordId, count);
  await house.audit.relay.runOnce();
  house.clock.advance(60);
  await house.audit.makeCheckpoint();
};
const exportAfter = async (after: number): Promise<void> => {
  const lines: string[] = [];
  for await (const line of (await house.audit.exportSegment(after)).lines) lines.push(line);
  segments.push(lines);
};
const fileOf = (name: string, lines: readonly string[]): SegmentFile => ({
  name,
  lines: async function* () {
    yield* lines;
  },
});
const files = (change: (lines: string[][]) => readonly string[][] = (own) => own): SegmentFile[] => [
  fileOf('keys.json', ['{"keys":[]}']),
  ...change([...segments]).map((lines, n) => fileOf(`s${n + 1}.jsonl`, lines)),
];
const publicJwks = () => house.crypto.sealer.publicKeys(authorityCode);
const prune = async (own = files(), daysAgo = retentionDays) =>
  house.audit.archive.prune({
    before: new Date(house.clock.now().getTime() - daysAgo * daySeconds * 1000),
    retentionDays,
    files: own,
    publicJwks: await publicJwks(),
  });
const entries = () => house.records.collection<{ _id: number; recordId: string }>('auditentries');
const stored = async () => (await house.chain()).map(({ _id }) => _id);

// Tree heads of odd and even sizes, the first segment over two of them: 3, 7 | 12 | 13; then what is young.
beforeAll(async () => {
  house = await openAuditHouse();
  await grow('a', 3);
  await grow('b', 4);
  await exportAfter(0);
  await grow('c', 5);
  await exportAfter(7);
  await grow('d', 1);
  await exportAfter(12);
  house.clock.advance(retentionDays * daySeconds);
  await grow('e', 2);
});
afterAll(() => house.close());

describe('before anything is pruned', () => {
  beforeEach(async () => expect(await stored()).toHaveLength(15));

  test('what is younger than the configuration keeps is not pruned, whatever is asked', async () => {
    await expect(prune(files(), 182)).rejects.toMatchObject({
      code: 'audit-retention-short',
      values: { days: 183 },
    });
  });

  test('a segment that was altered, or is of another store, deletes nothing', async () => {
    await expect(prune(files(([first = []]) => [first.toSpliced(2, 1)]))).rejects.toMatchObject({
      code: 'audit-segment-other',
      values: { file: 's1.jsonl', sequence: 2 },
    });
    await expect(prune(files(([first = []]) => [first.slice(0, -1)]))).rejects.toMatchObject({
      code: 'audit-segment-invalid',
    });
    const forged = segments[0]?.map((line) => line.replace('"jws":"e', '"jws":"f')) ?? [];
    await expect(prune(files(() => [forged]))).rejects.toMatchObject({ code: 'audit-segment-invalid' });
  });

  test('an entry that was altered in the store is kept: it is what an investigation needs', async () => {
    await entries().updateOne({ _id: 2 }, { $set: { recordId: 'other' } });
    await expect(prune()).rejects.toMatchObject({ code: 'audit-segment-other', values: { sequence: 2 } });
    await entries().updateOne({ _id: 2 }, { $set: { recordId: 'a' } });
  });

  test('a segment that does not follow what is in files already waits', async () => {
    expect(await prune(files(([, second = []]) => [second]))).toEqual([]);
  });
});

describe('a prune that is stopped while it deletes', () => {
  test('has lost nothing, and the next one ends it', async () => {
    const deleting = jest.spyOn(house.records.model('AuditEntry'), 'deleteMany');
    deleting.mockImplementationOnce((() =>
      entries()
        .deleteMany({ _id: { $lte: 3 } })
        .then(() => Promise.reject(new Error('the power went')))) as never);
    await expect(prune()).rejects.toThrow('the power went');
    expect((await stored())[0]).toBe(4);
    expect(await house.audit.check()).toMatchObject({ holds: true, entries: 15, cut: { treeSize: 7 } });
    expect(await prune()).toMatchObject([
      { after: 7, treeSize: 12, file: 's2.jsonl' },
      { after: 12, treeSize: 13, file: 's3.jsonl' },
    ]);
    expect(await stored()).toEqual([14, 15]);
    expect(await prune()).toEqual([]);
  });
});

describe('once pruned', () => {
  test('the chain is one across the cut and grows on, and what was pruned is an event of it', async () => {
    await house.audit.relay.runOnce();
    await grow('f', 1);
    expect(await house.audit.check()).toMatchObject({ holds: true, entries: 19, sealedEntries: 19 });
    const { entries: told } = await house.audit.searchEntries({ type: 'audit.pruned' });
    const digest = createHash('sha256')
      .update(`${segments[2]?.join('\n')}\n`)
      .digest('hex');
    expect(told.map(({ event }) => event.detail)).toContainEqual({ after: 12, treeSize: 13, digest });
    expect(await verifySegments(files(), await publicJwks())).toMatchObject({ holds: true, treeSize: 13 });
    await entries().updateOne({ _id: 14 }, { $set: { previousHash: '0'.repeat(64) } });
    expect((await house.audit.check()).faults[0]).toMatchObject({ sequence: 14, fault: 'link' });
    const { hash } = JSON.parse(segments[2]?.at(-1) ?? '{}') as { hash: string };
    await entries().updateOne({ _id: 14 }, { $set: { previousHash: hash } });
  });

  test('a row of segments does not hold with one left out, and says which', async () => {
    await expect(
      verifySegments(
        files(([a = [], , c = []]) => [a, c]),
        await publicJwks(),
      ),
    ).rejects.toMatchObject({
      code: 'audit-segment-missing',
      values: { after: 7 },
    });
  });

  test('each entry is still proved: those in the store by it, the others by their segment alone', async () => {
    const keys = await publicJwks();
    for (const [n, { name, lines }] of files().slice(1).entries())
      for (const line of segments[n]?.slice(1) ?? []) {
        const { sequence, event } = JSON.parse(line) as { sequence: number; event: { id: string } };
        const proof = await proveArchived({ name, lines }, event.id);
        expect([sequence, proof.entry.sequence, verifyProof(proof, keys).holds]).toEqual([
          sequence,
          sequence,
          true,
        ]);
        await expect(house.audit.prove(sequence)).rejects.toMatchObject({
          code: 'audit-entry-archived',
          values: { file: name },
        });
      }
    for (const sequence of [14, 15, 19])
      expect(verifyProof(await house.audit.prove(sequence), keys).holds).toBe(true);
    await expect(proveArchived(fileOf('s1', segments[0] ?? []), '8')).rejects.toMatchObject({
      code: 'audit-entry-missing',
    });
  });

  test('tree heads from before the cut are still proved to have grown into those after it', async () => {
    const sizes = [3, 7, 12, 13, 15];
    for (const [n, first] of sizes.entries())
      for (const second of sizes.slice(n))
        expect([
          first,
          second,
          verifyProof(await house.audit.proveConsistency(first, second), await publicJwks()).holds,
        ]).toEqual([first, second, true]);
  });

  test('the place of a row is told by when it happened', async () => {
    const at = (seconds: number) => new Date(Date.parse('2026-11-24T04:00:00Z') + seconds * 1000);
    expect(await house.audit.archive.cutOf(at(0))).toMatchObject({ file: 's1.jsonl' });
    expect(await house.audit.archive.cutOf(at(130))).toMatchObject({ file: 's2.jsonl' });
    expect(await house.audit.archive.cutOf(at(190 * daySeconds))).toBeNull();
    await expect(house.audit.exportSegment(0)).rejects.toMatchObject({ code: 'audit-entry-archived' });
  });

  test('a recount wants the segments, and counts the same with them', async () => {
    await expect(house.audit.measures.recount()).rejects.toMatchObject({ code: 'audit-segment-missing' });
    expect(await house.audit.measures.recount(archivedEntries(files()))).toBe(19);
  });
});
