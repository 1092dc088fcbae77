import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { type ImportFact, readFacts, type SourceFacts, type SourceFile, type Use } from './source-file.ts';

/** One wall of the house: what it says, and what of a file goes through it (one phrase each, none when it holds). */
export interface Rule {
  name: string;
  says: string;
  broken(file: SourceFacts): string[];
}

const domains = ['identity', 'directory', 'recognition', 'consent', 'staff', 'audit', 'signals'];
const below = ['storage', 'crypto', 'terms', 'base'];

/** Which part may import which. Imports point down; `main` stands for src/main.ts, src/app.ts and their like. */
const mayImport: Record<string, string[]> = {
  base: [],
  terms: ['base'],
  storage: ['terms', 'base'],
  // Beside storage, not above it: the key ring keeps its records as everyone does, in a store.ts.
  crypto: ['storage', 'terms', 'base'],
  ...Object.fromEntries(domains.map((domain) => [domain, below])),
  oidc: [...domains, 'config', ...below],
  views: [...domains, 'terms', 'base'],
  http: ['oidc', ...domains, 'config', 'views', ...below],
  config: ['terms', 'base'],
  // The demo's sites stand in for other people's servers: they know Yihao by its protocol only.
  demo: ['config', 'base'],
  main: ['http', 'oidc', ...domains, 'config', 'demo', 'views', ...below],
};

/** Where a package may be imported, by the name it starts with. */
const packageHomes: [name: RegExp, allowed: RegExp, says: string][] = [
  [/^(mongoose|mongodb|bson)$/, /^src\/(storage\/|.*\/store\.ts$)/, 'store.ts files and src/storage/'],
  [/^ioredis$/, /^src\/storage\//, 'src/storage/'],
  [/^@simplewebauthn\//, /^src\/identity\/passkey/, 'src/identity/passkey*'],
  [/^jose$/, /^(src\/(crypto|oidc)|config\/demo)\//, 'src/crypto/, src/oidc/ and the demo sites'],
  [/^@opentelemetry\/api$/, /^src\/(base\/trace|http\/tracing|open-tracing)\.ts$/, 'what makes spans'],
  [/^@opentelemetry\/(?!api$)/, /^src\/open-tracing\.ts$/, 'src/open-tracing.ts, when it is configured'],
  [/^@sd-jwt\//, /^src\/crypto\//, 'src/crypto/'],
  [/^oidc-provider$/, /^src\/(oidc|http\/interaction)\//, 'src/oidc/ and src/http/interaction/'],
  [
    /^(koa|@koa\/.*|koa-.*)$/,
    /^(src\/(oidc\/|http\/|main\.ts$|app\.ts$)|config\/demo\/)/,
    'src/oidc/, src/http/, app.ts and the demo sites',
  ],
];

const edgesApart = ['portal', 'console', 'developer', 'api', 'peer'];
const maximumLines = 300;

/** The part of the house a path is in; null when it is in none. */
const partOf = (path: string): string | null => {
  const [top = '', second = ''] = path.split('/');
  if (path.startsWith('config/demo/')) return 'demo';
  if (top === 'config' || top === 'views') return top;
  if (top !== 'src') return null;
  if (second.endsWith('.ts') || second === 'commands') return 'main';
  return second in mayImport ? second : null;
};

const isHouse = (file: SourceFile): boolean => /^(src|config|views)\//.test(file.path);
const isRelative = (specifier: string): boolean => specifier.startsWith('.');
const targetOf = (file: SourceFile, specifier: string): string => join(dirname(file.path), specifier);
const packageOf = (specifier: string): string => /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;

/** The files of ours that a file imports, as paths from the root; data (JSON) is no part of the walls. */
const targets = (file: SourceFacts): { path: string; from: ImportFact }[] =>
  file.imports.flatMap((from) =>
    from.specifier !== null && isRelative(from.specifier) && !from.specifier.endsWith('.json')
      ? [{ path: targetOf(file, from.specifier), from }]
      : [],
  );

const packages = (file: SourceFacts): string[] =>
  file.imports.flatMap(({ specifier }) =>
    specifier === null || isRelative(specifier) ? [] : [packageOf(specifier)],
  );

const direction = (file: SourceFacts): string[] => {
  if (!isHouse(file)) return [];
  const part = partOf(file.path);
  if (part === null) return ['stands in no part of the house'];
  const computed = file.imports.filter(({ specifier }) => specifier === null).length;
  return [
    ...targets(file).flatMap(({ path }) => {
      const other = partOf(path);
      const allowed = other !== null && (other === part || (mayImport[part] ?? []).includes(other));
      const neighbours = domains.includes(part) && domains.includes(other ?? '');
      return allowed || neighbours ? [] : [`${part} imports ${path}`];
    }),
    ...Array.from({ length: computed }, () => 'imports a name that is computed at run time'),
  ];
};

const neighbour = (file: SourceFacts): string[] => {
  const part = partOf(file.path) ?? '';
  if (!domains.includes(part)) return [];
  return targets(file).flatMap(({ path }) => {
    const other = partOf(path) ?? '';
    return domains.includes(other) && other !== part ? [`${part} imports ${path}`] : [];
  });
};

const edgeInDomain = (file: SourceFacts): string[] => {
  const part = partOf(file.path) ?? '';
  if (![...domains, ...below].includes(part)) return [];
  return [
    ...packages(file).flatMap((name) =>
      /^(koa|@koa\/.*|koa-.*|oidc-provider)$/.test(name) ? [`imports ${name}`] : [],
    ),
    ...targets(file).flatMap(({ path }) =>
      ['config', 'http', 'oidc', 'views', 'main'].includes(partOf(path) ?? '') ? [`imports ${path}`] : [],
    ),
    ...(file.uses.has('ctx') ? ['names a ctx'] : []),
  ];
};

const sideDoor = (file: SourceFacts): string[] =>
  isHouse(file)
    ? targets(file).flatMap(({ path }) => {
        const other = partOf(path) ?? '';
        const enters = domains.includes(other) && other !== partOf(file.path);
        return enters && path !== `src/${other}/index.ts` ? [`imports ${path}`] : [];
      })
    : [];

const packageAway = (file: SourceFacts): string[] =>
  isHouse(file)
    ? packages(file).flatMap((name) =>
        packageHomes.flatMap(([pattern, allowed, says]) =>
          pattern.test(name) && !allowed.test(file.path) ? [`imports ${name}, which belongs in ${says}`] : [],
        ),
      )
    : [];

/** A rule on what code does rather than imports: broken where the scope matches and the use is found. */
const noUse =
  (use: Use, scope: (path: string) => boolean, phrase: string) =>
  (file: SourceFacts): string[] =>
    file.uses.has(use) && scope(file.path) ? [phrase] : [];

// Scripts in views/public run in the person's browser, on its clock, not on the server's.
const onServer = (path: string): boolean =>
  /^(src|config|views)\//.test(path) && !/^views\/public\//.test(path);

const edgeToEdge = (file: SourceFacts): string[] => {
  const edgeOf = (path: string): string => /^(?:src\/http|views)\/([^/]+)\//.exec(path)?.[1] ?? '';
  const own = edgeOf(file.path);
  if (!edgesApart.includes(own)) return [];
  return targets(file).flatMap(({ path }) =>
    edgesApart.includes(edgeOf(path)) && edgeOf(path) !== own ? [`${own} imports ${path}`] : [],
  );
};

const catchAll = (file: SourceFacts): string[] =>
  file.path
    .split('/')
    .filter((name) => /^(utils?|helpers?|common)(\.\w+)?$/i.test(name))
    .map((name) => `is in or is called ${name}`);

const tooLong = (file: SourceFacts): string[] => {
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  return /^(src|config)\//.test(file.path) && lines > maximumLines ? [`has ${lines} lines`] : [];
};

const waiver = (file: SourceFacts): string[] =>
  [...file.text.matchAll(/(?:\/\/|\/?\*)\s*(@ts-(?:ignore|nocheck|expect-error)|biome-ignore)/g)].map(
    ([, word]) => `says ${word}`,
  );

const typesFromAbove = (file: SourceFacts): string[] =>
  partOf(file.path) === 'views'
    ? targets(file).flatMap(({ path, from }) =>
        domains.includes(partOf(path) ?? '') && !from.typeOnly ? [`imports more than types of ${path}`] : [],
      )
    : [];

/** The walls of the design. Numbers are those of its list of what never happens. */
export const rules: Rule[] = [
  { name: 'direction', says: 'imports point down', broken: direction },
  { name: 'never 1', says: 'a domain does not import another domain', broken: neighbour },
  {
    name: 'never 2',
    says: 'a domain, and what is below it, knows no koa, oidc-provider, config, http, views or ctx',
    broken: edgeInDomain,
  },
  { name: 'never 3', says: 'a domain is entered by its index.ts only', broken: sideDoor },
  { name: 'never 4', says: 'a package stays where it belongs, types included', broken: packageAway },
  {
    name: 'never 5, environment',
    says: 'process.env is read in config/ only',
    broken: noUse('environment', (path) => /^(src|views)\//.test(path), 'reads process.env'),
  },
  {
    name: 'never 5, clock',
    says: 'the present is read in base/clock.ts only',
    broken: noUse('clock', (path) => onServer(path) && path !== 'src/base/clock.ts', 'reads the clock'),
  },
  {
    name: 'never 5, random',
    says: 'Math.random is used nowhere',
    broken: noUse('random', () => true, 'uses Math.random'),
  },
  {
    name: 'never 6',
    says: 'an interaction page returns to the provider and writes no redirect address of its own',
    broken: noUse(
      'redirect-by-text',
      (path) => path.startsWith('src/http/interaction/'),
      'redirects to an address it spells out',
    ),
  },
  { name: 'never 7', says: 'portal, console, developer, api and peer do not meet', broken: edgeToEdge },
  { name: 'never 8', says: 'nothing is called utils, helpers or common', broken: catchAll },
  { name: 'views', says: 'a view takes only types from a domain', broken: typesFromAbove },
  { name: 'length', says: `a file has at most ${maximumLines} lines`, broken: tooLong },
  { name: 'any', says: 'the type any is not used', broken: noUse('any', () => true, 'uses the type any') },
  { name: 'waiver', says: 'no check is silenced by a comment', broken: waiver },
];

/** Holds files against one rule; each offence is `file: rule (what it says): what was found`. */
export const offences = (rule: Rule, files: readonly SourceFacts[]): string[] =>
  files.flatMap((file) =>
    rule.broken(file).map((found) => `${file.path}: ${rule.name} (${rule.says}): ${found}`),
  );

/** Reads every source file of the project's own folders; throws when one does not parse. */
export const readHouse = (root: string): SourceFacts[] =>
  ['src', 'config', 'views', 'test', 'bench']
    .map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.(tsx?|m?js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => readFacts({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }));
