import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chainOn } from '../../src/audit/entry.ts';
import { countNext } from '../../src/audit/measures/count.ts';
import { createMeasures, type Measures, positionOf } from '../../src/audit/measures/measures.ts';
import { type MeasureStore, openMeasureStore } from '../../src/audit/measures/store.ts';
import { type AuditStore, openAuditStore } from '../../src/audit/store.ts';
import { type DomainEvent, newEvent } from '../../src/base/event.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../src/storage/index.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-measures-'));
const log = { warn: () => undefined, error: () => undefined };
const processes: Process[] = [];

/** What one process has of the storage that all of them share. */
interface Process {
  connection: RecordConnection;
  chain: AuditStore;
  measures: Measures;
}

const startProcess = async (): Promise<Process> => {
  const connection = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
  const chain = openAuditStore(connection);
  const measures = createMeasures({ connection, chain, log });
  await Promise.all([chain.ready(), measures.ready()]);
  processes.push({ connection, chain, measures });
  return { connection, chain, measures };
};

let chain: AuditStore;
let measures: Measures;
beforeAll(async () => {
  ({ chain, measures } = await startProcess());
});
afterAll(async () => {
  await Promise.all(processes.map(({ connection }) => connection.close()));
  rmSync(folder, { recursive: true });
});

/** Puts events of one type into the chain. */
const happen = async (at: string, type: string, details: DomainEvent['detail'][]): Promise<void> => {
  const arrivals = details.map((detail) => ({
    event: newEvent(frozenClock(at), type, 'a.site', detail),
    source: 'things',
    recordId: 'thing',
  }));
  await chain.insertEntries(chainOn(await chain.head(), arrivals));
};

const countAll = async (counting: Measures = measures): Promise<void> => {
  while ((await counting.countOnce()) > 0);
};

/** The store of a process that is killed before its write number `writes`. */
const killedAfter = (store: MeasureStore, writes: number): MeasureStore => {
  let left = writes;
  const live =
    <A extends unknown[], R>(write: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return write(...given);
    };
  return {
    ...store,
    insertBucket: live(store.insertBucket),
    addTo: live(store.addTo),
    movePosition: live(store.movePosition),
  };
};

/** The counts of a span, as `group key: count`. */
const countsOf = async (span: string): Promise<string[]> =>
  ((await measures.readSpans([span]))[0]?.counted ?? [])
    .map(({ group, key, count }) => `${group} ${key}: ${count}`)
    .sort();

describe('what happened is counted', () => {
  test('by the hour and the day of Beijing, from the entries of the chain', async () => {
    await happen('2026-11-24T15:59:59Z', 'account.signed-in', [
      { method: 'passkey' },
      { method: 'passkey' },
      { method: 'fed' },
    ]);
    await happen('2026-11-24T16:00:00Z', 'account.signed-in', [{ method: 'pwd' }]);
    await happen('2026-11-24T16:00:00Z', 'device.forgotten', [{}]);
    await countAll();
    expect(await countsOf('2026-11-24T23')).toEqual([
      'origins home: 2',
      'origins other: 1',
      'signIns fed: 1',
      'signIns passkey: 2',
    ]);
    expect(await countsOf('2026-11-24')).toEqual(await countsOf('2026-11-24T23'));
    expect(await countsOf('2026-11-25')).toEqual(['origins home: 1', 'signIns pwd: 1']);
  });

  let month = 0;
  test.each<[string, string, DomainEvent['detail'], string[]]>([
    [
      'a session with its level and channel',
      'session.started',
      { acr: 'urn:yihao:loa:3', channel: 'phone' },
      ['channels phone: 1', 'levels urn:yihao:loa:3: 1'],
    ],
    [
      'a paper saved where a department read a certificate',
      'access.recorded',
      { readerKind: 'department', outcome: 'granted', typeCode: '11999999-00000001-9M003' },
      ['certificates used: 1', 'papers 11999999000000019M003: 1', 'sites a.site done: 1'],
    ],
    [
      'no paper where the person looked',
      'access.recorded',
      { readerKind: 'self', outcome: 'granted', typeCode: '11999999-00000001-9M003' },
      [],
    ],
    [
      'a refusal by its cause',
      'access.recorded',
      { readerKind: 'site', outcome: 'refused', code: 'authorisation-missing' },
      ['refusals access.recorded authorisation-missing: 1', 'sites a.site refused: 1'],
    ],
    [
      'a question to another region',
      'verification.asked',
      { result: 'expired', agreementId: 'a1' },
      ['agreements a1 done: 1'],
    ],
    [
      'a question that an agreement did not let through',
      'verification.asked',
      { result: 'agreement-suspended', agreementId: 'a1' },
      ['agreements a1 refused: 1', 'refusals verification.asked agreement-suspended: 1'],
    ],
    ['a certificate’s end', 'certificate.revoked', {}, ['certificates revoked: 1']],
    ['a rating', 'rating.given', { stars: 4, readerId: 's1' }, ['ratings 4: 1', 'siteRatings s1 4: 1']],
  ])('as %s', async (_what, type, detail, expected) => {
    month += 1;
    const day = `2025-${String(month).padStart(2, '0')}-01`;
    await happen(`${day}T01:00:00Z`, type, [detail]);
    await countAll();
    expect(await countsOf(day)).toEqual(expected);
  });
});

describe('each entry is counted once', () => {
  const day = '2027-01-05';
  const many = Array.from({ length: 30 }, () => ({ method: 'sms' }));
  const expected = ['origins home: 30', 'signIns sms: 30'];

  test('whatever stops the counting between two writes', async () => {
    const connection = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
    const store = openMeasureStore(connection);
    // Each time there are more entries, and each time it dies one write later: in the end at the position itself.
    for (const writes of [0, 1, 2, 3]) {
      await happen(`${day}T02:00:00Z`, 'account.signed-in', many.slice(0, 6));
      const work = { store: killedAfter(store, writes), chain };
      await expect(countNext(work, await positionOf(work))).rejects.toThrow('killed');
    }
    await connection.close();
    await happen(`${day}T02:00:00Z`, 'account.signed-in', many.slice(0, 6));
    await countAll();
    expect(await countsOf(day)).toEqual(expected);
    expect(await countsOf(`${day}T10`)).toEqual(expected);
  });

  test('by several counters at once', async () => {
    const others = await Promise.all([1, 2, 3].map(startProcess));
    await happen('2027-02-05T02:00:00Z', 'account.signed-in', many);
    await Promise.all([{ measures }, ...others].map((one) => countAll(one.measures)));
    expect(await countsOf('2027-02-05')).toEqual(expected);
  });

  test('when all of it is counted anew, beside what a demo invented', async () => {
    const before = await measures.totals();
    await measures.putSynthetic([{ span: day, counted: [{ group: 'signIns', key: 'qr', count: 7 }] }]);
    // Somebody spoiled the counts.
    await processes[0]?.connection
      .collection('auditmeasures')
      .updateMany({ generation: { $ne: 'synthetic' } } as object, { $set: { 'counts.signIns sms': 1 } });
    expect(await countsOf(day)).toContain('signIns sms: 1');
    const last = await chain.head();
    expect(await measures.recount()).toBe(last?.sequence);
    expect(await countsOf(day)).toEqual(['origins home: 30', 'signIns qr: 7', 'signIns sms: 30']);
    expect((await measures.readSpans([day, '2027-02-05'])).map(({ isSynthetic }) => isSynthetic)).toEqual([
      true,
      false,
    ]);
    const sorted = (counted: typeof before) => counted.map((one) => JSON.stringify(one)).sort();
    expect(sorted(await measures.totals())).toEqual(sorted(before));
    expect(await measures.countOnce()).toBe(0);
  });
});
