import type { Context } from 'koa';
import type { Clause, ClauseChange } from '../../../views/console/agreement-clauses.tsx';
import type { MappingRow } from '../../../views/console/mappings.tsx';
import { fill, type Text } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { linesOf, type Mapping, type MappingChange, type MappingPlace } from '../../recognition/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';

export const mappingsPath = '/console/mappings';

/** Returns the address of a version. */
export const pathOfMapping = ({ mappingId, mappingVersion }: MappingPlace): string =>
  `${mappingsPath}/${mappingId}/${mappingVersion}`;

/** Names the version a mapping is. */
export const placeOfMapping = ({ document: { id, version } }: Pick<Mapping, 'document'>): MappingPlace => ({
  mappingId: id,
  mappingVersion: version,
});

/** Reads the version the address names. Throws mapping-missing. */
export const readMappingAt = async (ctx: Context, { recognition }: ConsoleDeps): Promise<Mapping> => {
  const mappingVersion = Number(parameter(ctx, 'number'));
  if (!Number.isSafeInteger(mappingVersion)) throw new AppError('mapping-missing');
  return recognition.readMapping({ mappingId: parameter(ctx, 'id'), mappingVersion });
};

/** Says one version as lists show it. */
export const mappingRow = (mapping: Mapping): MappingRow => ({
  href: pathOfMapping(placeOfMapping(mapping)),
  name: mapping.document.name,
  version: mapping.document.version,
  publisher: mapping.document.publisher.regionCode,
  publishedAt: mapping.publishedAt,
});

/** Tells whether this region publishes a mapping. */
export const isOwnMapping = ({ issuer }: Pick<ConsoleDeps, 'issuer'>, { document }: Mapping): boolean =>
  document.publisher.entityId === issuer;

type Said = Pick<MappingChange, 'part' | 'of'>;

/** Says what is mapped, or what it counts for: a level, or a type with the names of its fields. */
const say = ({ recognition: { draft } }: Text, { part }: Pick<Said, 'part'>, value: string): string => {
  const level = part === 'levels' ? levelOf(value) : null;
  return level === null ? value : draft.levels[level];
};

/** Says a mapping in words, a clause for each two regions. */
export function mappingClauses(text: Text, { document }: Mapping): Clause[] {
  const clauses = new Map<string, Clause>();
  for (const line of linesOf(document)) {
    const { part, from, to, of, value } = line;
    const key = `${part} ${from} ${to}`;
    const title = fill(text.mappings[part], { from, to });
    const clause = clauses.get(key) ?? { key, title, lines: [] };
    clause.lines.push(fill(text.mappings.line, { of: say(text, line, of), value: say(text, line, value) }));
    clauses.set(key, clause);
  }
  return [...clauses.values()];
}

/** Says what differs, line by line. */
export const mappingChanges = (text: Text, changes: readonly MappingChange[]): ClauseChange[] =>
  changes.map((line) => {
    const { from, to, of, before, after } = line;
    const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return {
      title: fill(text.mappings.change, { from, to, of: say(text, line, of) }),
      change,
      before: before === null ? [] : [say(text, line, before)],
      after: after === null ? [] : [say(text, line, after)],
    };
  });
