import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { dataKeyMakers, loadDataKeys } from '../../src/crypto/data-keys.ts';
import { createFieldCipher } from '../../src/crypto/field-cipher.ts';
import { MasterKey } from '../../src/crypto/master-key.ts';
import { createRing } from '../../src/crypto/ring.ts';
import { frozenClock, memoryStore } from './memory-store.ts';

const context = 'accounts.name:abc';

const setUp = () => {
  const store = memoryStore();
  const masterKey = new MasterKey(randomBytes(32));
  const start = async () => {
    const dataKeys = await loadDataKeys(
      createRing({
        store,
        masterKey,
        clock: frozenClock(),
        name: 'data-keys',
        overlapSeconds: null,
        makers: dataKeyMakers,
      }),
    );
    return { dataKeys, cipher: createFieldCipher(dataKeys) };
  };
  return { store, start };
};

describe('the data keys', () => {
  test('count up with each rotation, and every older one still opens', async () => {
    const { start } = setUp();
    const { dataKeys, cipher } = await start();
    const sealed: Buffer[] = [];
    for (let i = 0; i < 4; i++) {
      sealed.push(cipher.seal(`value ${i}`, context));
      await dataKeys.rotate();
    }
    expect(sealed.map((value) => value.readUInt32BE(0))).toEqual([1, 2, 3, 4]);
    const { cipher: restarted } = await start();
    expect(sealed.map((value) => restarted.open(value, context))).toEqual(
      [0, 1, 2, 3].map((i) => `value ${i}`),
    );
  });

  test('let a process open what another sealed after a rotation that it has not seen, and learn of it', async () => {
    const { start } = setUp();
    const one = await start();
    const two = await start();
    await one.dataKeys.rotate();
    expect(two.cipher.open(one.cipher.seal('x', context), context)).toBe('x');
    await setImmediate();
    expect(two.cipher.seal('y', context).readUInt32BE(0)).toBe(2);
    await one.dataKeys.rotate();
    expect(two.cipher.open(one.cipher.seal('z', context), context)).toBe('z');
  });

  test('are read again on asking', async () => {
    const { start } = setUp();
    const one = await start();
    const two = await start();
    await one.dataKeys.rotate();
    await one.dataKeys.rotate();
    await two.dataKeys.refresh();
    expect(two.cipher.open(one.cipher.seal('x', context), context)).toBe('x');
  });

  test('step on once when two processes rotate at once, and both then seal under it', async () => {
    const { store, start } = setUp();
    const [one, two] = [await start(), await start()];
    await Promise.all([one.dataKeys.rotate(), two.dataKeys.rotate()]);
    expect(store.record?.version).toBe(2);
    expect(one.cipher.seal('x', context).readUInt32BE(0)).toBe(2);
    expect(two.cipher.seal('x', context).readUInt32BE(0)).toBe(2);
  });

  test('leave the index secret alone when they rotate', async () => {
    const { start } = setUp();
    const { dataKeys } = await start();
    await dataKeys.rotate();
    expect((await start()).dataKeys.indexSecret.equals(dataKeys.indexSecret)).toBe(true);
  });
});
