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

/** Compiles the project as `npm run build` does, into a folder of its own, for tests that need a process to kill. */
export async function compileSource(): Promise<Compiled> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'test-build-'));
  const arguments_ = [
    join(typescript, 'bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    folder,
  ];
  await promisify(execFile)(process.execPath, arguments_, { cwd: root, env: { PATH: process.env['PATH'] } });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
