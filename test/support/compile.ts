import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

export interface Compiled {
  /** Holds src, config and views as JavaScript for plain Node. */
  folder: string;
  remove(): Promise<void>;
}

/**
 * Compiles the project as `npm run build` does, into a folder of its own, for tests that need a process to kill. Where
 * all tests are run the build has just been made, and its folder is named in TEST_BUILD_FOLDER.
 */
export async function compileSource(): Promise<Compiled> {
  const built = process.env['TEST_BUILD_FOLDER'];
  if (built) return { folder: built, remove: async () => undefined };
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'test-build-'));
  const arguments_ = [
    join(typescript, 'bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    folder,
  ];
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)(process.execPath, arguments_, {
      cwd: root,
      env: { PATH: process.env['PATH'] },
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
