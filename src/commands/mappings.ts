import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '../base/error.ts';
import type { House } from '../house.ts';
import { linesOf, type Mapping, type MappingChange, type MappingContent } from '../recognition/index.ts';
import { printFromHouse } from './with-house.ts';

/** What the acts here work with. */
export type MappingHouse = Pick<House, 'recognition' | 'peerLink'>;

/** The words after an act; the command line cannot prove who `--as` and `--with` are. */
interface Given {
  targets: readonly string[];
  after: string | null;
  actor: string;
  secondOfficer: string;
}

interface Act {
  usage: string;
  run(house: MappingHouse, given: Given): Promise<string[]>;
}

const acts: Record<string, Act> = {
  list: { usage: 'list', run: (house) => listMappings(house) },
  show: {
    usage: 'show ID',
    async run(house, { targets: [target = ''] }) {
      const mapping = await find(house, target);
      return [
        lineOf(mapping),
        ...linesOf(mapping.document).map(({ from, to, of, value }) => `    ${from} ${to} ${of} = ${value}`),
      ];
    },
  },
  publish: {
    usage: 'publish FILE.json --as OFFICER --with OFFICER [--after ID]',
    async run({ recognition }, { targets: [file = ''], after, actor, secondOfficer }) {
      const content: MappingContent = JSON.parse(await readFile(file, 'utf8'));
      const { digest, ...place } = await recognition.draftMapping({ content, after, actor });
      await recognition.publishMapping({ ...place, digestSeen: digest, actor, secondOfficer });
      return [lineOf(await recognition.readMapping(place))];
    },
  },
  touched: {
    usage: 'touched ID',
    async run(house, { targets: [target = ''] }) {
      const { document } = await find(house, target);
      const touched = await house.recognition.touchedBy(document);
      return touched.flatMap(({ agreement, versions, changes }) => [
        `${agreement.document.id}:${agreement.document.version} refers to version ${versions.join(', ')}`,
        ...changes.map(lineOfChange),
      ]);
    },
  },
  fetch: {
    usage: 'fetch URL ID:VERSION',
    async run({ peerLink }, { targets: [url = '', target = ''] }) {
      const [mappingId = '', version] = target.split(':');
      const place = { mappingId, mappingVersion: Number(version) };
      return [lineOf(await peerLink.fetchMapping(url.replace(/\/$/, ''), place))];
    },
  },
};

const options = { as: { type: 'string' }, with: { type: 'string' }, after: { type: 'string' } } as const;

/** Reads the words of an act as its usage has them. Throws an Error with the usage. */
function read(usage: string, words: readonly string[]): Given {
  const wrong = new Error(`usage: yihao mappings ${usage}`);
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const needed = usage
      .replace(/\[[^\]]*\]/g, '')
      .split(' ')
      .slice(1);
    const places = needed.filter((word, i) => !word.startsWith('--') && !needed[i - 1]?.startsWith('--'));
    const names = needed.filter((word) => word.startsWith('--'));
    const hasAll = names.every((name) => values[name.slice(2) as keyof typeof options] !== undefined);
    if (positionals.length !== places.length || !hasAll) throw wrong;
    return {
      targets: positionals,
      after: values.after ?? null,
      actor: `command-line:${values.as}`,
      secondOfficer: `command-line:${values.with}`,
    };
  } catch {
    throw wrong;
  }
}

/** Lists every version that is here. */
async function listMappings({ recognition }: MappingHouse): Promise<string[]> {
  const lines: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const { mappings, next }: { mappings: Mapping[]; next: string | null } =
      await recognition.pageMappings(after);
    lines.push(...mappings.map(lineOf));
    after = next;
  }
  return lines;
}

/** Finds one version, `ID:VERSION`, or the newest of an identifier. Throws mapping-missing. */
const find = async ({ recognition }: MappingHouse, target: string): Promise<Mapping> => {
  const [id = '', version] = target.split(':');
  const versions = await recognition.findMappingVersions(id);
  const found = versions.find(
    ({ document }) => version === undefined || String(document.version) === version,
  );
  if (found === undefined) throw new AppError('mapping-missing');
  return found;
};

const lineOf = ({ document, digest, publishedAt }: Mapping): string => {
  const { id, version, name, publisher } = document;
  const state = publishedAt === null ? 'draft' : 'published';
  return `${state} ${id}:${version} ${publisher.regionCode} ${name}  digest ${digest}`;
};

const lineOfChange = ({ from, to, of, before, after }: MappingChange): string =>
  `    ${from} ${to} ${of}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}`;

/** Does one act on mappings; returns what to print. */
export function actOnMappings(
  house: MappingHouse,
  name: string,
  words: readonly string[],
): Promise<string[]> {
  const act = acts[name];
  if (act === undefined) throw new Error(`yihao mappings knows ${Object.keys(acts).join(', ')}`);
  return act.run(house, read(act.usage, words));
}

/** Does one act on the configured storage, and prints what it has to say. */
export const runMappings = (name: string, words: readonly string[]): Promise<void> =>
  printFromHouse((house) => actOnMappings(house, name, words));
