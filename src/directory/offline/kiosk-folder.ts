import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../crypto/error-code.ts';
import type { OfflineCache } from './ports.ts';

const shape = z.object({ url: z.string(), fetchedAt: z.coerce.date(), text: z.string() });

/** Opens a folder as the cache of a machine that checks codes; no personal data is kept in it. */
export async function openKioskFolder(folder: string): Promise<OfflineCache> {
  const [known, used] = [join(folder, 'known'), join(folder, 'used')];
  for (const path of [known, used]) await mkdir(path, { recursive: true, mode: 0o700 });
  const fileOf = (url: string): string =>
    join(known, `${createHash('sha256').update(url).digest('hex')}.json`);

  return {
    async read(url) {
      const text = await readFile(fileOf(url), 'utf8').catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      });
      if (text === null) return null;
      const { fetchedAt, text: kept } = shape.parse(JSON.parse(text));
      return { text: kept, fetchedAt };
    },

    async keep(url, { text, fetchedAt }) {
      // Whole beside its place and then there: a machine that is switched off never leaves half a list.
      const draft = join(known, `${randomUUID()}.new`);
      await writeFile(draft, JSON.stringify({ url, fetchedAt, text }), { mode: 0o600 });
      await rename(draft, fileOf(url));
    },

    async addIfAbsent(name, until) {
      // The name and its instant are one file name, so that taking it is one act; the instant is the same each time.
      try {
        await writeFile(join(used, `${name}.${until.getTime()}`), '', { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      }
    },

    async sweep(now) {
      const past = (await readdir(used)).filter((file) => Number(file.split('.')[1]) < now.getTime());
      // Another process on the same folder may be sweeping too.
      await Promise.all(past.map((file) => unlink(join(used, file)).catch(() => undefined)));
    },
  };
}
