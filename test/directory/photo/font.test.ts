import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { transformFile } from '@swc/core';

const root = resolve(import.meta.dirname, '../../..');

/** Compiles the watermark and what it imports, and nothing else: a whole build would be half a minute of the tests. */
const compileWatermark = async (folder: string): Promise<string> => {
  const errors = await readdir(join(root, 'src/base/errors'));
  const files = [
    'src/directory/photo/watermark.ts',
    'src/base/error.ts',
    ...errors.map((name) => `src/base/errors/${name}`),
  ];
  for (const file of files) {
    const { code } = await transformFile(join(root, file), {
      module: { type: 'es6' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    const target = join(folder, file.replace(/ts$/, 'js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code.replace(/(from ['"]\.[^'"]+)\.ts(?=['"])/g, '$1.js'));
  }
  return pathToFileURL(join(folder, 'src/directory/photo/watermark.js')).href;
};

/** Prints what checkFont ends in; fontconfig reads its settings once a process, so it takes one of its own. */
const program = (module: string): string => `
  const { checkFont, defaultWatermarkFont } = await import(${JSON.stringify(module)});
  await checkFont(defaultWatermarkFont).then(() => console.log('found'), (error) => console.log(error.code));
`;

test('a machine without a Chinese font is refused a watermark, and one with such a font is not', async () => {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'test-font-'));
  try {
    const module = await compileWatermark(folder);
    const settings = join(folder, 'fonts.conf');
    await writeFile(settings, `<?xml version="1.0"?><fontconfig><dir>${folder}</dir></fontconfig>`);
    const ask = async (env: Record<string, string>): Promise<string> => {
      const asked = ['--input-type=module', '-e', program(module)];
      const { stdout } = await promisify(execFile)(process.execPath, asked, { cwd: root, env });
      return stdout.trim();
    };
    expect(await ask({ FONTCONFIG_FILE: settings })).toBe('photo-font-missing');
    expect(await ask({})).toBe('found');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 30_000);
