import { readFile, writeFile } from 'node:fs/promises';
import type { House } from '../house.ts';
import { withHouse } from './with-house.ts';

const actor = 'command-line';

/** Signs a version of this region's rules for the regions below, and writes the document they take in. */
export async function publishRules(words: readonly string[]): Promise<void> {
  const [file, target, ...more] = words;
  if (file === undefined || target === undefined || more.length > 0)
    throw new Error('usage: yihao rules publish FILE.json SIGNED_FILE');
  const { version, rules } = (await readJson(file)) as { version: number; rules: unknown };
  await withHouse(async ({ rulesAbove }) => {
    const document = await rulesAbove.publish({ version, rules, actor });
    await writeFile(target, `${JSON.stringify(document)}\n`);
    console.log(`signed version ${version}: ${target}`);
  });
}

/** Takes in the rules of the region above. */
export async function importRules(words: readonly string[]): Promise<void> {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0) throw new Error('usage: yihao rules import SIGNED_FILE');
  const document = await readJson(file);
  await withHouse(async ({ rulesAbove }) => {
    const { version } = await rulesAbove.takeIn(document, actor);
    console.log(`taken in: version ${version}`);
    await print(rulesAbove);
  });
}

/** Shows each rule of the region above beside the setting here; returns whether all are kept. */
export const showRules = (): Promise<boolean> => withHouse(({ rulesAbove }) => print(rulesAbove));

const print = async (rulesAbove: House['rulesAbove']): Promise<boolean> => {
  const found = await rulesAbove.compareOwn();
  if (found === null) console.log('no rules of a region above were taken in');
  for (const { key, own, bound, isAsStrict } of found?.comparisons ?? [])
    console.log(`${isAsStrict ? 'kept  ' : 'LOOSER'} ${key}=${own} (${bound})`);
  return (found?.comparisons ?? []).every(({ isAsStrict }) => isAsStrict);
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON`, { cause });
  }
};
