import { readFile } from 'node:fs/promises';
import { withHouse } from './with-house.ts';

const usage = {
  add: 'usage: yihao federation add ENTITY_ID KEYS_FILE TYPE[,TYPE…]',
  remove: 'usage: yihao federation remove ENTITY_ID',
};
const actor = 'command-line';

/**
 * Vouches for an entity from now on, or changes what is vouched for. Its keys are what its operator handed over, compared
 * by another way than the network: they are pinned.
 */
export async function addSubordinate(words: readonly string[]): Promise<void> {
  const [entityId, file, types, ...more] = words;
  if (entityId === undefined || file === undefined || types === undefined || more.length > 0)
    throw new Error(usage.add);
  const keys = readKeys(file, await readFile(file, 'utf8'));
  const entityTypes = types.split(',').filter(Boolean);
  await withHouse(async ({ federation }) => {
    const outcome = await federation.subordinates.save({ entityId, keys, entityTypes, actor });
    console.log(`${outcome.padEnd(7)} ${entityId}  ${entityTypes.join(' ')}`);
  });
}

/** Lists the entities below this one, those that were removed too. */
export async function listSubordinates(): Promise<void> {
  await withHouse(async ({ federation }) => {
    for (const { entityId, entityTypes, keys, state } of await federation.subordinates.list())
      console.log(
        `${state.padEnd(7)} ${entityId}  ${entityTypes.join(' ')}  ${keys.map(({ kid }) => kid).join(' ')}`,
      );
  });
}

/** Stops vouching for an entity; statements that are out hold for a day at most. */
export async function removeSubordinate([entityId, ...more]: readonly string[]): Promise<void> {
  if (entityId === undefined || more.length > 0) throw new Error(usage.remove);
  await withHouse(({ federation }) => federation.subordinates.remove({ entityId, actor }));
  console.log(`removed ${entityId}`);
}

/** Prints the public federation keys of this instance: what the entity above pins, and others as a trust anchor's. */
export async function showFederationKeys(): Promise<void> {
  await withHouse(async ({ crypto }) => {
    console.log(JSON.stringify({ keys: await crypto.federationKeys.published() }, null, 2));
  });
}

/** Makes the next federation key sign. It is pinned above already, and the one after it is to be handed over. */
export async function rotateFederationKeys(): Promise<void> {
  await withHouse(async ({ crypto }) => {
    await crypto.federationKeys.rotate({ actor });
    const [current, next] = await crypto.federationKeys.published();
    console.log(`signs   ${current?.kid}\nnext    ${next?.kid}`);
    console.log('Hand the keys to the entities that pin them: yihao federation keys');
  });
}

const readKeys = (file: string, text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return (value as { keys?: unknown } | null)?.keys;
  } catch {
    throw new Error(`${file} is not JSON; it holds what "yihao federation keys" prints at the entity`);
  }
};
