import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the folder that holds package.json, found by walking up from this file. It is the same folder for the
 * sources and for the compiled copy under dist/, so files that are not compiled are read from where they stand.
 */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('no package.json above the program: it must stay in its project folder');
    folder = parent;
  }
  return folder;
}
