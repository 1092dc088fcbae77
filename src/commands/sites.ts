import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Site, siteProfiles } from '../oidc/index.ts';
import { withHouse } from './with-house.ts';

const usage = 'usage: yihao sites save FILE.json';

const siteShape = z.strictObject({
  clientId: z.string(),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  department: z.string().min(1),
  authorityCode: z.string().optional(),
  purpose: z.string().min(1),
  homeUrl: z.string(),
  enabled: z.boolean(),
  legalBasis: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.unknown()),
  profile: z.enum(siteProfiles).optional(),
  unsafeLesserProfileReason: z.string().optional(),
});

/**
 * Registers the sites and departments' machines of a file, or changes those that are there. Nothing is written unless
 * the whole file can be read; a registration that is refused names what is wrong, and those before it stand.
 */
export async function saveSites([file, ...more]: readonly string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new Error(usage);
  const sites = readSites(file, await readFile(file, 'utf8'));
  await withHouse(async (house) => {
    for (const site of sites) {
      const former = await house.sites.find(site.clientId);
      await house.sites.save(site, 'command-line');
      console.log(`${former === null ? 'registered' : 'changed   '} ${site.clientId}`);
    }
  });
}

/** Lists what is registered, without its keys. */
export async function listSites(): Promise<void> {
  await withHouse(async (house) => {
    for (const { clientId, enabled, name, metadata } of await house.sites.list())
      console.log(`${enabled ? 'on ' : 'off'} ${clientId}  ${name.zh}  ${String(metadata['scope'] ?? '')}`);
  });
}

/** Reads one registration or a list of them. Throws an Error that names the place and what is expected there. */
export function readSites(file: string, text: string): Site[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON; see docs/sites.md for the form of a registration`);
  }
  const parsed = z
    .array(siteShape)
    .min(1)
    .safeParse(Array.isArray(value) ? value : [value]);
  if (parsed.success)
    return parsed.data.map(({ authorityCode, profile, unsafeLesserProfileReason, ...site }) => ({
      ...site,
      ...(authorityCode === undefined ? {} : { authorityCode }),
      ...(profile === undefined ? {} : { profile }),
      ...(unsafeLesserProfileReason === undefined ? {} : { unsafeLesserProfileReason }),
    }));
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; see docs/sites.md`);
}
