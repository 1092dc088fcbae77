import type { Context } from 'koa';
import type { TypedMapping } from '../../../views/console/mapping-forms.tsx';
import type { MappingContent } from '../../recognition/index.ts';
import { field } from '../form.ts';
import { acrIn, levelOut, pairsIn, pairsOut } from './agreement-form.ts';

const same = (text: string): string => text;

/** Reads what was typed. */
export const typedMapping = (ctx: Context): TypedMapping => ({
  name: field(ctx, 'name').trim(),
  levels: field(ctx, 'levels'),
  types: field(ctx, 'types'),
  document: field(ctx, 'document'),
});

interface Line {
  from: string;
  to: string;
  rest: string[];
  /** Where it stands among all lines, from 1. */
  n: number;
}

const linesIn = (text: string): Line[] =>
  text.split(/\r\n?|\n/).flatMap((line, i) => {
    const [from = '', to = '', ...rest] = line.split(/[\s,，、;；]+/).filter((part) => part !== '');
    return from === '' ? [] : [{ from, to, rest, n: i + 1 }];
  });

const levelsIn = (text: string) =>
  linesIn(text).map(({ from, to, rest }) => ({ from, to, levelMap: pairsIn(rest.join(' '), acrIn) }));

const typesIn = (text: string) =>
  linesIn(text).map(({ from, to, rest: [pair = '', ...fields] }) => {
    const [type = '', as = ''] = pair.split('=');
    return { from, to, type, as, fieldMap: pairsIn(fields.join(' '), same) };
  });

/** Makes the content of a mapping of what was typed; whether it is one, recognition says. */
export const mappingIn = ({ name, levels, types }: TypedMapping): MappingContent => ({
  name,
  levels: levelsIn(levels),
  types: typesIn(types),
});

/** Writes the content of a mapping as it would be typed, and pasted. */
export const typedFromMapping = ({ name, levels, types }: MappingContent): TypedMapping => ({
  name,
  levels: levels.map(({ from, to, levelMap }) => `${from} ${to} ${pairsOut(levelMap, levelOut)}`).join('\n'),
  types: types
    .map(({ from, to, type, as, fieldMap }) =>
      `${from} ${to} ${type}=${as} ${pairsOut(fieldMap, same)}`.trimEnd(),
    )
    .join('\n'),
  document: '',
});

/** Names the field, and its line, that a place in the document was typed into. */
export function lineOfPlace(typed: TypedMapping, place: string): { field: keyof TypedMapping; n: number } {
  const [part, i] = place.split('.');
  if (part !== 'levels' && part !== 'types') return { field: 'name', n: 1 };
  return { field: part, n: linesIn(typed[part])[Number(i)]?.n ?? 1 };
}
