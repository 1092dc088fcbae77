import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../base/error.ts';
import type { Child, ChildSide, LinkState } from '../directory/index.ts';
import type { House } from '../house.ts';
import { withHouse } from './with-house.ts';

const usage = 'usage: yihao directory admit FILE.json';

const childShape = z.strictObject({
  region: z.string(),
  clientId: z.string(),
  name: z.strictObject({ zh: z.string().min(1).max(40), en: z.string().min(1).max(80) }),
  address: z.string(),
  enabled: z.boolean(),
});

const childSideOf = ({ childSide }: House): ChildSide => {
  if (childSide === null) throw new AppError('tier-parent-unset');
  return childSide;
};

/** Tells the region above what waits. */
export async function pushDirectory(): Promise<void> {
  await withHouse(async (house) => {
    const childSide = childSideOf(house);
    // What no server has relayed yet is told too.
    await relayAll(house);
    const { stored, unchanged, refused, skipped } = await childSide.push();
    console.log(`${stored} stored, ${unchanged} were there, ${refused} refused, ${skipped} left out`);
  });
}

/** Compares the entries at the region above with the certificates here and mends them; returns whether they agree. */
export async function reconcileDirectory(): Promise<boolean> {
  return withHouse(async (house) => {
    const childSide = childSideOf(house);
    await relayAll(house);
    const { differingBefore, differingAfter, resent, differences } = await childSide.reconcile();
    console.log(
      `${differingBefore} of 256 buckets differed, ${resent} entries sent again, ${differingAfter} differ`,
    );
    for (const { typeCode, status, count, atParent } of differences)
      console.log(`DIFFERS ${typeCode} ${status}: ${count} here, ${atParent} at the parent`);
    return differingAfter === 0;
  });
}

/** Shows how far the region above was told, and how the regions below stand. */
export async function showDirectory(): Promise<void> {
  await withHouse(async ({ childSide, parentSide }) => {
    console.log(childSide === null ? 'no region above' : describeLink(await childSide.state()));
    const children = await parentSide.listChildren();
    if (children.length === 0) console.log('no regions below');
    for (const child of children) console.log(describeChild(child));
  });
}

/** Registers the libraries of regions below, or changes them; nothing is written unless the whole file can be read. */
export async function admitChild([file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new Error(usage);
  const children = readChildren(file, await readFile(file, 'utf8'));
  await withHouse(async ({ parentSide, sites }) => {
    for (const child of children) {
      if ((await sites.find(child.clientId)) === null)
        throw new Error(`${child.clientId} is not registered; do so first: yihao sites save FILE.json`);
      await parentSide.saveChild({ ...child, actor: 'command-line' });
      console.log(`${child.enabled ? 'on ' : 'off'} ${child.region}  ${child.clientId}`);
    }
  });
}

const readChildren = (file: string, text: string): z.output<typeof childShape>[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON; see docs/directory.md for the form`);
  }
  const parsed = z
    .array(childShape)
    .min(1)
    .safeParse(Array.isArray(value) ? value : [value]);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; see docs/directory.md`,
  );
};

const relayAll = async ({ audit }: House): Promise<void> => {
  while ((await audit.relay.runOnce()) > 0);
};

const whenOf = (instant: Date | null): string => instant?.toISOString() ?? 'never';

const describeLink = (link: LinkState): string =>
  [
    `above ${link.parent}: ${link.filled ? `${link.behind} events behind` : 'being filled'}`,
    `${link.stored} stored, ${link.refused} refused, ${link.skipped} left out`,
    `last push ${whenOf(link.lastPushAt)}`,
    `last reconciled ${whenOf(link.lastReconciledAt)}, ${link.differing} buckets differ`,
    ...(link.lastRefusal === null
      ? []
      : [`last refusal ${link.lastRefusal.identifier} ${link.lastRefusal.code}`]),
  ].join('; ');

const describeChild = (child: Child): string =>
  [
    `below ${child.enabled ? 'on ' : 'off'} ${child.region} ${child.name.zh} ${child.clientId}`,
    child.behind === null ? 'being filled' : `${child.behind} events behind`,
    `${child.stored} stored, ${child.refused} refused`,
    `last push ${whenOf(child.lastPushAt)}`,
    `last compared ${whenOf(child.lastComparedAt)}, ${child.differing.length} buckets differ`,
  ].join('; ');
