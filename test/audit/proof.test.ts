import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { verifyProof, verifySegment } from '../../src/audit/index.ts';
import { waitUntil } from '../support/wait.ts';
import { type AuditHouse, authorityCode, openAuditHouse } from './audit-house.ts';

let house: AuditHouse;
beforeEach(async () => {
  house = await openAuditHouse();
});
afterEach(() => house.close());

/** Files so many events, relays them and signs a tree head a minute later. */
const grow = async (recordId: string, count: number) => {
  const events = await house.file(recordId, count);
  await house.audit.relay.runOnce();
  house.clock.advance(60);
  await house.audit.makeCheckpoint();
  return events;
};
const keys = () => house.crypto.sealer.publicKeys(authorityCode);
/** As it is after a journey through a file, with changes on the way. */
const copy = <T>(value: T, change: (value: T) => void = () => undefined): T => {
  const made = JSON.parse(JSON.stringify(value));
  change(made);
  return made;
};

describe('a tree head', () => {
  test('is signed when there is something new, and not twice in a minute', async () => {
    expect(await house.audit.makeCheckpoint()).toBeNull();
    await house.file('a', 2);
    await house.audit.relay.runOnce();
    expect(await house.audit.makeCheckpoint()).toMatchObject({
      treeSize: 2,
      origin: 'https://id.example.gov.cn/audit',
    });
    await house.file('b');
    await house.audit.relay.runOnce();
    house.clock.advance(59);
    expect(await house.audit.makeCheckpoint()).toBeNull();
    house.clock.advance(1);
    expect(await house.audit.makeCheckpoint()).toMatchObject({ treeSize: 3 });
    house.clock.advance(60);
    expect(await house.audit.makeCheckpoint()).toBeNull();
  });

  test('is signed once in a minute by however many processes', async () => {
    await house.file('a');
    await house.audit.relay.runOnce();
    const made = await Promise.all([house.audit.makeCheckpoint(), house.audit.makeCheckpoint()]);
    expect(made.filter((one) => one !== null)).toHaveLength(1);
  });

  test('is not signed over an entry that someone altered', async () => {
    await grow('a', 3);
    await house.file('b', 2);
    await house.audit.relay.runOnce();
    await house.records
      .collection<{ _id: number }>('auditentries')
      .updateOne({ _id: 5 }, { $set: { 'event.actor': 'x' } });
    house.clock.advance(60);
    await expect(house.audit.makeCheckpoint()).rejects.toMatchObject({
      code: 'audit-chain-broken',
      values: { sequence: 5 },
    });
  });

  test('is not signed over a tree whose former head someone rewrote', async () => {
    await grow('a', 3);
    await house.records
      .collection<{ _id: string }>('auditnodes')
      .updateOne({ _id: '1/0' }, { $set: { hash: '00'.repeat(32) } });
    await house.file('b');
    await house.audit.relay.runOnce();
    house.clock.advance(60);
    await expect(house.audit.makeCheckpoint()).rejects.toMatchObject({ code: 'audit-chain-broken' });
  });
});

test('the loop goes on relaying when no tree head can be signed, and says so once in a minute', async () => {
  await grow('a', 3);
  const altered = house.records.collection<{ _id: number }>('auditcheckpoints');
  await altered.updateOne({ _id: 3 }, { $set: { rootHash: '00'.repeat(32) } });
  house.clock.advance(60);
  const loop = house.audit.start(1);
  for (const id of ['b', 'c', 'd']) {
    await house.file(id);
    await waitUntil(async () => (await house.waiting(id)).length === 0, 5);
  }
  await loop.stop();
  expect(house.lines).toMatchObject([{ level: 'error', fields: { err: { code: 'audit-chain-broken' } } }]);
});

describe('a proof that an entry is in the chain', () => {
  test('holds for every entry, by number or by event, and after the chain has grown', async () => {
    const events = await grow('a', 5);
    await grow('b', 8);
    for (let sequence = 1; sequence <= 13; sequence += 1) {
      const report = verifyProof(copy(await house.audit.prove(sequence)), copy(await keys()));
      expect(report).toMatchObject({ holds: true, findings: [{}, {}, {}] });
    }
    const proof = await house.audit.prove(events[2]?.id ?? '');
    expect(proof).toMatchObject({
      entry: { sequence: 3, event: { id: events[2]?.id } },
      leafIndex: 2,
      treeSize: 13,
    });
    expect(proof.path.length).toBeLessThanOrEqual(4);
  });

  test('holds after the key that sealed was rotated', async () => {
    await grow('a', 2);
    const proof = await house.audit.prove(1);
    await house.crypto.sealer.rotate(authorityCode);
    expect(verifyProof(proof, await keys())).toMatchObject({ holds: true });
  });

  test('says which part does not hold when something in it was altered', async () => {
    await grow('a', 6);
    const proof = await house.audit.prove(4);
    const published = await keys();
    const holdsOf = (change: (file: typeof proof) => void): boolean[] =>
      verifyProof(copy(proof, change), published).findings.map(({ holds }) => holds);
    expect(holdsOf(() => undefined)).toEqual([true, true, true]);
    expect(holdsOf((file) => Object.assign(file.entry.event, { actor: 'other' }))).toEqual([
      false,
      true,
      true,
    ]);
    expect(holdsOf((file) => Object.assign(file.entry, { hash: '0'.repeat(64) }))).toEqual([
      false,
      false,
      true,
    ]);
    expect(holdsOf((file) => Object.assign(file, { leafIndex: 2 }))).toEqual([true, false, true]);
    expect(holdsOf((file) => file.path.reverse())).toEqual([true, false, true]);
    expect(holdsOf((file) => Object.assign(file.checkpoint, { rootHash: '0'.repeat(64) }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(holdsOf((file) => Object.assign(file.checkpoint, { at: '2020-01-01T00:00:00.000Z' }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(holdsOf((file) => Object.assign(file.seal, { digest: '0'.repeat(64) }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('does not hold by the keys of another, and a key is known by what it is and not by what it is called', async () => {
    await grow('a', 2);
    const proof = await house.audit.prove(1);
    expect(verifyProof(proof, { keys: [] }).holds).toBe(false);
    const renamed = copy(await keys());
    for (const key of renamed.keys) Object.assign(key, { x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU' });
    const { findings } = verifyProof(proof, renamed);
    expect(findings.map(({ holds }) => holds)).toEqual([true, true, false]);
    expect(findings[2]?.says).toContain('not among the keys given');
  });

  test('is refused by name while no tree head covers the entry, and for one that is not there', async () => {
    await house.file('a');
    await house.audit.relay.runOnce();
    await expect(house.audit.prove(1)).rejects.toMatchObject({ code: 'audit-entry-unsealed' });
    await expect(house.audit.prove('no such event')).rejects.toMatchObject({ code: 'audit-entry-missing' });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['another kind', { kind: 'other' }],
    ['a list', []],
  ])('is refused when it is %s', async (_what, file) => {
    expect(() => verifyProof(file, { keys: [] })).toThrow(
      expect.objectContaining({ code: 'audit-proof-malformed' }),
    );
  });
});

describe('a proof that the chain grew', () => {
  test('holds between any two tree heads, and not once either was altered', async () => {
    await grow('a', 3);
    await grow('b', 4);
    await grow('c', 6);
    const published = await keys();
    for (const [first, second] of [
      [3, 7],
      [3, 13],
      [7, 13],
      [7, 7],
    ] as const) {
      const proof = copy(await house.audit.proveConsistency(first, second));
      expect(verifyProof(proof, published).holds).toBe(true);
      const altered = copy(proof, (file) =>
        Object.assign(file.first.checkpoint, { rootHash: '0'.repeat(64) }),
      );
      expect(verifyProof(altered, published).findings.map(({ holds }) => holds)).toEqual([
        false,
        false,
        true,
      ]);
    }
  });

  test('is refused by name for sizes that were not signed, or in the wrong order', async () => {
    await grow('a', 3);
    await grow('b', 1);
    for (const [first, second] of [
      [2, 4],
      [3, 5],
      [4, 3],
    ] as const)
      await expect(house.audit.proveConsistency(first, second)).rejects.toMatchObject({
        code: 'audit-checkpoint-missing',
      });
  });
});

describe('a walk along the chain', () => {
  const entries = () => house.records.collection<{ _id: number }>('auditentries');
  const faults = async () => (await house.audit.check()).faults;
  beforeEach(async () => {
    await grow('a', 5);
    await grow('b', 4);
  });

  test('finds nothing wrong with one that nobody touched, and says how far it is signed', async () => {
    await house.file('c');
    await house.audit.relay.runOnce();
    expect(await house.audit.check()).toEqual({
      holds: true,
      entries: 10,
      checkpoints: 2,
      sealedEntries: 9,
      cut: null,
      faults: [],
    });
  });

  test('finds an altered entry', async () => {
    await entries().updateOne({ _id: 4 }, { $set: { recordId: 'other' } });
    expect(await faults()).toEqual([{ at: 'entry', sequence: 4, fault: 'hash' }]);
  });

  test('finds an entry that was taken out, and the tree heads it is missing from', async () => {
    await entries().deleteOne({ _id: 3 });
    const found = await faults();
    expect(found[0]).toEqual({ at: 'entry', sequence: 4, fault: 'gap' });
    expect(found).toContainEqual({ at: 'checkpoint', treeSize: 5, fault: 'root' });
  });

  test('finds a chain rewritten with all its hashes by the signed tree heads', async () => {
    const { chainOn } = await import('../../src/audit/entry.ts');
    const all = (await entries()
      .find({}, { sort: { _id: 1 } })
      .toArray()) as unknown as Parameters<typeof chainOn>[1];
    const forged = chainOn(
      null,
      all.map((one, n) => (n === 6 ? { ...one, recordId: 'other' } : one)),
    );
    for (const { sequence, previousHash, hash, recordId } of forged)
      await entries().updateOne({ _id: sequence }, { $set: { previousHash, hash, recordId } });
    expect(await faults()).toEqual([{ at: 'checkpoint', treeSize: 9, fault: 'root' }]);
  });

  test('finds entries cut off under a signed tree head, and a tree head that was rewritten', async () => {
    await entries().deleteOne({ _id: 9 });
    expect(await faults()).toEqual([{ at: 'checkpoint', treeSize: 9, fault: 'beyond' }]);
    await house.records
      .collection<{ _id: number }>('auditcheckpoints')
      .updateOne({ _id: 5 }, { $set: { origin: 'https://other.example/audit' } });
    expect(await faults()).toContainEqual({ at: 'checkpoint', treeSize: 5, fault: 'seal' });
  });
});

describe('a segment', () => {
  const exported = async (after: number): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of (await house.audit.exportSegment(after)).lines) lines.push(line);
    return lines;
  };
  const judge = async (lines: readonly string[]) =>
    verifySegment(
      (async function* () {
        yield* lines;
      })(),
      await keys(),
    );
  const holds = async (lines: readonly string[]): Promise<boolean> => (await judge(lines)).holds;

  test('holds from the beginning and from a former tree head, and says between which heads it lies', async () => {
    await grow('a', 5);
    await grow('b', 6);
    await grow('c', 2);
    for (const after of [0, 5, 11]) {
      const lines = await exported(after);
      expect([after, lines.length]).toEqual([after, 14 - after]);
      const { holds: isGood, findings } = await judge(lines);
      expect([after, isGood, findings.length]).toEqual([after, true, after === 0 ? 3 : 4]);
      expect(findings[1]?.says).toContain(`between the tree heads of ${after} and 13 entries`);
    }
    await expect(exported(4)).rejects.toMatchObject({ code: 'audit-checkpoint-missing' });
    await expect(exported(13)).rejects.toMatchObject({ code: 'audit-segment-empty' });
  });

  test('does not hold with a row altered, left out, doubled, moved or cut off', async () => {
    await grow('a', 3);
    await grow('b', 4);
    const lines = await exported(3);
    const spoilt = {
      altered: lines.with(2, (lines[2] ?? '').replace('officer-', 'officer_')),
      'another byte of a hash': lines.with(2, flipped(lines[2] ?? '', '"hash":"')),
      'left out': lines.toSpliced(2, 1),
      doubled: lines.toSpliced(2, 0, lines[2] ?? ''),
      moved: [lines[0] ?? '', lines[2] ?? '', lines[1] ?? '', ...lines.slice(3)],
      'cut off': lines.slice(0, -1),
      'another root': lines.with(0, flipped(lines[0] ?? '', '"rootHash":"')),
      'another edge': lines.with(0, flipped(lines[0] ?? '', '"edge":["')),
    };
    expect(await holds(lines)).toBe(true);
    for (const [what, changed] of Object.entries(spoilt))
      expect([what, await holds(changed)]).toEqual([what, false]);
    await expect(judge([])).rejects.toMatchObject({ code: 'audit-proof-malformed' });
    await expect(judge([lines[0] ?? '', '{"sequence":4'])).rejects.toMatchObject({
      code: 'audit-proof-malformed',
      values: { place: 'line 2' },
    });
  });

  /** Changes the character after the first occurrence of a name. */
  const flipped = (line: string, name: string): string => {
    const at = line.indexOf(name) + name.length;
    return `${line.slice(0, at)}${line[at] === '0' ? '1' : '0'}${line.slice(at + 1)}`;
  };
});
