import type { WrittenRules } from '../agreement/rules.ts';
import type { MappingDocument } from './document.ts';
import { isMapped } from './reference.ts';
import { levelsFor, typeFor } from './rules.ts';

/** One line that differs: what a level or a type of one region counts for at another, before and after. */
export interface MappingChange {
  part: 'levels' | 'types';
  from: string;
  to: string;
  /** The level or the type that is mapped. */
  of: string;
  /** Null where there is nothing. */
  before: string | null;
  after: string | null;
}

type Line = Omit<MappingChange, 'before' | 'after'> & { value: string };

/** Lists what a mapping says, line by line. */
export const linesOf = ({ levels, types }: Pick<MappingDocument, 'levels' | 'types'>): Line[] => [
  ...levels.flatMap(({ from, to, levelMap }) =>
    Object.entries(levelMap).map(([of, value = '']) => ({ part: 'levels' as const, from, to, of, value })),
  ),
  ...types.map(({ from, to, type: of, as, fieldMap }) => ({
    part: 'types' as const,
    from,
    to,
    of,
    value: [
      as,
      ...Object.entries(fieldMap)
        .sort()
        .map(([field, name]) => `${field}=${name}`),
    ].join(' '),
  })),
];

/** Compares two versions of a mapping; all is new where there is none before. */
export const differenceOf = (before: MappingDocument | null, after: MappingDocument): MappingChange[] =>
  changesBetween(before === null ? [] : linesOf(before), linesOf(after));

/** Works out what would change in an agreement whose rules refer to a version of a mapping, were they to refer to a later one. */
export function changesIn(
  { signIn, certificates }: WrittenRules,
  before: MappingDocument | null,
  after: MappingDocument,
  version: number,
): MappingChange[] {
  const isReferring = (part: unknown): boolean =>
    isMapped(part) && part.mapping.id === after.id && part.mapping.version === version;
  const linesUnder = (mapping: MappingDocument | null): Line[] =>
    linesOf({
      levels: signIn.flatMap(({ from, to, levelMap }) => {
        const table = isReferring(levelMap) ? levelsFor(mapping, { from, to }) : null;
        return table === null ? [] : [{ ...table, from, to }];
      }),
      types: certificates.flatMap(({ from, to, type, as }) => {
        const found = isReferring(as) ? typeFor(mapping, { from, to, type }) : null;
        return found === null ? [] : [{ ...found, from, to }];
      }),
    });
  return changesBetween(linesUnder(before), linesUnder(after));
}

const keyOf = ({ part, from, to, of }: Line): string => [part, from, to, of].join(' ');

function changesBetween(before: readonly Line[], after: readonly Line[]): MappingChange[] {
  const [old, now] = [before, after].map((lines) => new Map(lines.map((line) => [keyOf(line), line])));
  const all = new Map([...(old ?? []), ...(now ?? [])]);
  return [...all].flatMap(([key, { value: _value, ...line }]) => {
    const [was, is] = [old?.get(key)?.value ?? null, now?.get(key)?.value ?? null];
    return was === is ? [] : [{ ...line, before: was, after: is }];
  });
}
