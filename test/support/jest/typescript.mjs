import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const globals = new URL('./globals.mjs', import.meta.url).href;

/** Hands the tests their functions in place of jest's own module, which only jest can load. */
export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals'
    ? { url: globals, format: 'module', shortCircuit: true }
    : next(specifier, context);

/** Reads TypeScript as JavaScript; the rest is Node's. */
export async function load(url, context, next) {
  const path = url.replace(/\?.*$/, '');
  if (!/^file:.*\.tsx?$/.test(path)) return next(url, context);
  const filename = fileURLToPath(path);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: filename.endsWith('x') },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
  });
  return { source: code, format: 'module', shortCircuit: true };
}
