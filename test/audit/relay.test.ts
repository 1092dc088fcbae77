import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AuditHouse, openAuditHouse } from './audit-house.ts';

let house: AuditHouse;
beforeEach(async () => {
  house = await openAuditHouse();
});
afterEach(() => house.close());

const idsOf = (chain: Record<string, unknown>[]): string[] =>
  chain.map((entry) => (entry['event'] as { id: string }).id);

test('events leave their outbox for the chain, each record in its order, and are numbered without a gap', async () => {
  const first = await house.file('a', 3);
  house.clock.advance(1);
  const second = await house.file('b', 2, { pages: 2, urgent: false });
  expect(await house.audit.relay.runOnce()).toBe(5);
  const chain = await house.chain();
  expect(chain.map(({ _id }) => _id)).toEqual([1, 2, 3, 4, 5]);
  expect(idsOf(chain)).toEqual([...first, ...second].map(({ id }) => id));
  expect(chain[3]).toMatchObject({ event: second[0], source: 'papers', recordId: 'b' });
  expect(await house.waiting('a')).toEqual([]);
  expect(await house.audit.check()).toMatchObject({ holds: true, entries: 5, faults: [] });
  expect(await house.audit.relay.runOnce()).toBe(0);
});

test('a relay that stops between adding and dropping leaves the events in both, and the next adds none twice', async () => {
  const events = await house.file('a', 3);
  const stopping = await house.relayBeside((source) => ({
    ...source,
    drop: async () => {
      throw new Error('the power went');
    },
  }));
  await stopping.runOnce();
  expect(await house.chain()).toHaveLength(3);
  expect(await house.waiting('a')).toHaveLength(3);
  expect(house.lines).toMatchObject([{ level: 'warn', fields: { source: 'papers' } }]);
  expect(await house.audit.relay.runOnce()).toBe(0);
  expect(idsOf(await house.chain())).toEqual(events.map(({ id }) => id));
  expect(await house.waiting('a')).toEqual([]);
});

test('several relays over one storage bring every event in exactly once and the chain stays whole', async () => {
  const filed: string[] = [];
  for (let n = 0; n < 60; n += 1) filed.push(...(await house.file(`p${n}`, 5)).map(({ id }) => id));
  const relays = [house.audit.relay, await house.relayBeside(), await house.relayBeside()];
  const counts = await Promise.all(
    relays.map(async (relay) => {
      let added = 0;
      for (let pass = 0; pass < 6; pass += 1) added += await relay.runOnce();
      return added;
    }),
  );
  expect(counts.reduce((sum, one) => sum + one)).toBe(filed.length);
  expect(idsOf(await house.chain()).sort()).toEqual(filed.sort());
  expect(await house.source.next(1)).toEqual([]);
  expect(await house.audit.check()).toMatchObject({ holds: true, entries: filed.length });
}, 30_000);

test('an event that carries what may be an ID number stays out, is told of once, and holds up nothing', async () => {
  await house.file('bad', 2, { note: 'holder 110101199003070134' });
  const good = await house.file('good', 1);
  await house.audit.relay.runOnce();
  await house.audit.relay.runOnce();
  expect(idsOf(await house.chain())).toEqual(good.map(({ id }) => id));
  expect(await house.waiting('bad')).toHaveLength(2);
  expect(house.lines).toHaveLength(2);
  expect(house.lines[0]).toMatchObject({ level: 'error', fields: { reason: 'personal-number' } });
  expect(JSON.stringify(house.lines)).not.toContain('1101011990');
});

test('an event that no form of JSON can hold stays out too', async () => {
  const [bad] = await house.file('bad', 1, { share: Number.NaN });
  await house.audit.relay.runOnce();
  expect(await house.waiting('bad')).toEqual([bad?.id]);
  expect(house.lines).toMatchObject([{ fields: { reason: 'not-canonical', eventId: bad?.id } }]);
});

test('an outbox that cannot be read does not keep the others waiting', async () => {
  await house.file('a', 1);
  const relay = await house.relayBeside((source) => {
    let turn = 0;
    return {
      ...source,
      next: async (limit, passedOver) => {
        turn += 1;
        if (turn === 1) throw new Error('not there');
        return source.next(limit, passedOver);
      },
    };
  });
  expect(await relay.runOnce()).toBe(0);
  expect(await relay.runOnce()).toBe(1);
});

test('a pass over what this process wrote leaves to the next full pass what another wrote', async () => {
  await house.file('a', 1);
  const beside = await house.relayBeside();
  expect(await beside.runOnce('written')).toBe(0);
  expect(await house.audit.relay.runOnce('written')).toBe(1);
  await house.file('b', 1);
  expect(await beside.runOnce('all')).toBe(1);
});
