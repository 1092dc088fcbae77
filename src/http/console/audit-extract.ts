import { Readable } from 'node:stream';
import { textOf } from '../../../views/text/index.ts';
import type { ChainEntry } from '../../audit/index.ts';
import { AppError } from '../../base/error.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { queryOf, searchOf } from './audit-query.ts';
import type { ConsolePage } from './guard.ts';

/** Spreadsheets read a file of UTF-8 as one only if it begins so. */
const byteOrderMark = '\uFEFF';

/**
 * Writes a cell (RFC 4180, from memory). What a spreadsheet would take for a formula is made text by an apostrophe, an
 * identifier that begins with a dash too.
 */
export const cellOf = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

const rowOf = ({ sequence, event, source, recordId, hash }: ChainEntry): string =>
  lineOf([
    String(sequence),
    event.at.toISOString(),
    event.type,
    event.actor,
    source,
    recordId,
    Object.entries(event.detail)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
    hash,
  ]);

async function* linesOf(
  columns: readonly string[],
  pages: AsyncIterable<readonly ChainEntry[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + lineOf(columns);
  for await (const page of pages) yield page.map(rowOf).join('');
}

/** Sends what a search finds as a table, a page at a time; that somebody took it is written before. Throws body-malformed. */
export const sendExtract: ConsolePage = async (ctx, deps, { officerId }) => {
  const { search, wrong } = searchOf(queryOf((name) => field(ctx, name)));
  if (wrong.length > 0) throw new AppError('body-malformed');
  const pages = await deps.audit.extractEntries({ officerId, search });
  const { columns } = textOf(pageContext(ctx, deps.settings).language).console.audit;
  ctx.attachment('yihao-audit.csv');
  ctx.type = 'text/csv; charset=utf-8';
  ctx.body = Readable.from(linesOf(columns, pages));
};
