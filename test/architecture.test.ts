import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { offences, readHouse, rules } from './support/architecture.ts';
import { readFacts } from './support/source-file.ts';

const house = readHouse(dirname(dirname(fileURLToPath(import.meta.url))));

describe('the house', () => {
  test('is read: its known corners are among the files', () => {
    const paths = house.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['src/base/error.ts', 'src/storage/index.ts', 'test/architecture.test.ts']),
    );
  });

  test.each(rules)('$name: $says', (rule) => {
    expect(offences(rule, house)).toEqual([]);
  });
});

/** One planted file a row: the rule it breaks, where it stands, what it says, and a word of what is reported. */
const planted: [rule: string, path: string, text: string, reported: string][] = [
  ['direction', 'src/base/a.ts', `import { x } from '../terms/a.ts';`, 'src/terms/a.ts'],
  ['direction', 'src/storage/a.ts', `import type { K } from '../crypto/index.ts';`, 'src/crypto/index.ts'],
  ['direction', 'src/oidc/a.ts', `export * from '../http/a.ts';`, 'src/http/a.ts'],
  ['direction', 'src/http/a.ts', `await import('../app.ts');`, 'src/app.ts'],
  ['direction', 'src/http/a.ts', `await import(name);`, 'computed'],
  ['direction', 'src/http/a.ts', `import { x } from '../../test/support/a.ts';`, 'test/support/a.ts'],
  ['direction', 'src/things/a.ts', `export const x = 1;`, 'no part'],
  ['direction', 'views/home.tsx', `import { x } from '../src/http/render.ts';`, 'src/http/render.ts'],
  ['direction', 'config/schema.ts', `import { x } from '../src/identity/index.ts';`, 'src/identity/index.ts'],
  ['never 1', 'src/identity/a.ts', `import { x } from '../consent/index.ts';`, 'src/consent/index.ts'],
  ['never 1', 'src/audit/a.ts', `let x: import('../staff/index.ts').Officer;`, 'src/staff/index.ts'],
  ['never 2', 'src/identity/a.ts', `import Koa from 'koa';`, 'imports koa'],
  ['never 2', 'src/consent/a.ts', `import type { Context } from '@koa/router';`, '@koa/router'],
  ['never 2', 'src/staff/a.ts', `import { config } from '../../config/index.ts';`, 'config/index.ts'],
  ['never 2', 'src/staff/deep/a.tsx', `import { home } from '../../../views/home.tsx';`, 'views/home.tsx'],
  ['never 2', 'src/crypto/a.ts', `export const x = (ctx: Thing) => ctx.ip;`, 'ctx'],
  ['never 3', 'src/app.ts', `import { x } from './identity/store.ts';`, 'src/identity/store.ts'],
  ['never 3', 'src/http/portal/a.ts', `export { x } from '../../consent/ports.ts';`, 'src/consent/ports.ts'],
  ['never 4', 'src/identity/account.ts', `import type { Schema } from 'mongoose';`, 'mongoose'],
  ['never 4', 'src/oidc/a.ts', `import { Redis } from 'ioredis';`, 'ioredis'],
  ['never 4', 'src/identity/a.ts', `import { x } from '@simplewebauthn/server';`, '@simplewebauthn/server'],
  ['never 4', 'src/recognition/a.ts', `import { x } from 'jose/jwt/verify';`, 'jose'],
  ['never 4', 'src/http/portal/a.ts', `import Provider from 'oidc-provider';`, 'oidc-provider'],
  ['never 4', 'views/home.tsx', `import Koa from 'koa';`, 'koa'],
  ['never 5, environment', 'src/main.ts', `const x = process.env.PORT;`, 'process.env'],
  ['never 5, environment', 'src/main.ts', `const x = process['env'];`, 'process.env'],
  ['never 5, environment', 'src/main.ts', `const x = globalThis.process.env;`, 'process.env'],
  ['never 5, environment', 'src/main.ts', `const { env } = process;`, 'process.env'],
  ['never 5, environment', 'src/main.ts', `import { env as e } from 'node:process';`, 'process.env'],
  ['never 5, clock', 'src/audit/a.ts', `const x = Date.now();`, 'clock'],
  ['never 5, clock', 'src/audit/a.ts', `const x = new Date();`, 'clock'],
  ['never 5, clock', 'views/home.tsx', `const x = <p>{Date()}</p>;`, 'clock'],
  ['never 5, random', 'bench/a.ts', `const x = Math.random();`, 'Math.random'],
  ['never 5, random', 'views/public/a.js', `const { x } = { x: Math['random']() };`, 'Math.random'],
  ['never 6', 'src/http/interaction/a.ts', `ctx.redirect('/interaction/1/consent');`, 'redirects'],
  ['never 6', 'src/http/interaction/a.ts', 'ctx.redirect(path(`/interaction/1`));', 'redirects'],
  ['never 7', 'src/http/portal/a.ts', `import { x } from '../console/a.ts';`, 'src/http/console/a.ts'],
  ['never 7', 'src/http/peer/a.ts', `import { x } from '../api/deep/a.ts';`, 'src/http/api/deep/a.ts'],
  ['never 8', 'src/http/utils/a.ts', '', 'utils'],
  ['never 8', 'test/support/helpers.ts', '', 'helpers'],
  ['views', 'views/home.tsx', `import { x } from '../src/identity/index.ts';`, 'src/identity/index.ts'],
  ['length', 'src/base/a.ts', 'export {};\n'.repeat(301), '301 lines'],
  ['any', 'test/a.test.ts', `const x = (y: Record<string, any>) => y;`, 'any'],
  ['waiver', 'src/base/a.ts', `// @ts-${'ignore'}\nexport const x = 1;`, 'ts-ig'],
  ['waiver', 'views/home.tsx', `const x = <p>{/* biome-${'ignore'} lint: so */}</p>;`, 'biome-ig'],
];

/** Rows that look like an offence and are none. */
const allowed: [path: string, text: string][] = [
  ['src/identity/account.ts', `import { newId } from '../base/id.ts';\nimport { rules } from './rules.ts';`],
  ['src/identity/store.ts', `import type { Schema } from 'mongoose';`],
  ['src/identity/passkey/verify.ts', `import { x } from '@simplewebauthn/server';`],
  ['src/crypto/store.ts', `import type { RecordConnection } from '../storage/index.ts';`],
  ['src/app.ts', `import Koa from 'koa';\nimport { createIdentity } from './identity/index.ts';`],
  ['src/http/interaction/a.ts', `ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));`],
  ['src/http/portal/a.ts', `ctx.redirect('/portal');`],
  ['views/home.tsx', `import type { Account } from '../src/identity/index.ts';`],
  ['views/public/clock.js', `const left = until - Date.now();`],
  ['config/index.ts', `export const port = process.env.PORT;`],
  ['src/base/clock.ts', `export const now = () => new Date();`],
  ['src/audit/a.ts', `const x = new Date(at); // not Date.now(), nor Math.random(), nor any process.env`],
  ['src/audit/a.ts', `const x = "import { y } from '../staff/index.ts'; Date.now()";`],
  ['src/base/a.ts', 'export {};\n'.repeat(300)],
  ['test/identity/account.test.ts', `import { rules } from '../../src/identity/rules.ts';`],
];

describe('the walls', () => {
  test.each(planted)('%s catches %s saying %j', (name, path, text, reported) => {
    const file = readFacts({ path, text });
    const found = rules.filter((rule) => rule.name === name).flatMap((rule) => offences(rule, [file]));
    expect(found).toEqual([expect.stringContaining(reported)]);
    expect(found).toEqual([expect.stringContaining(`${path}: ${name}`)]);
  });

  test.each(rules)('$name has a planted offence', ({ name }) => {
    expect(planted.map(([rule]) => rule)).toContain(name);
  });

  test.each(allowed)('leave %s alone saying %j', (path, text) => {
    const file = readFacts({ path, text });
    expect(rules.flatMap((rule) => offences(rule, [file]))).toEqual([]);
  });
});
