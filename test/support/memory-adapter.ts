import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';
import { type Clock, epochSeconds, systemClock } from '../../src/base/clock.ts';

/**
 * Makes the storage of a bare provider: maps, gone with the test. Clients are answered from here too: the library
 * copies the ones in its configuration by structuredClone, whose results it takes for foreign objects under jest.
 */
export function memoryAdapters(
  clients: readonly ClientMetadata[],
  clock: Clock = systemClock,
): (model: string) => Adapter {
  const texts = new Map<string, string>();
  for (const client of clients) texts.set(`Client:${client.client_id}`, JSON.stringify(client));
  const read = (key: string): AdapterPayload | undefined => {
    const text = texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as AdapterPayload);
  };
  const findBy = (model: string, name: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
    [...texts.keys()]
      .filter((key) => key.startsWith(`${model}:`))
      .map(read)
      .find((payload) => payload?.[name] === value);
  return (model) => ({
    upsert: async (id, payload) => {
      texts.set(`${model}:${id}`, JSON.stringify(payload));
    },
    find: async (id) => read(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, 'uid', uid),
    findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
    consume: async (id) => {
      const key = `${model}:${id}`;
      texts.set(key, JSON.stringify({ ...read(key), consumed: epochSeconds(clock) }));
    },
    destroy: async (id) => {
      texts.delete(`${model}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const key of texts.keys()) if (read(key)?.grantId === grantId) texts.delete(key);
    },
  });
}
