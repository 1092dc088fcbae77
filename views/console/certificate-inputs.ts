/** The names of the inputs of a certificate's form, which the page writes and the edge reads. */

/** What was typed, by the name of its input. */
export type Values = Readonly<Record<string, string>>;

/** The list of holders, beside which each face field of rows is a list by its own name. */
export const holderList = '_holders';

/** Names the input of one part of a holder. */
export const holderInput = (row: number, part: 'type' | 'code' | 'name'): string => `holder_${row}_${part}`;
/** Names the input of a face field with one value. */
export const fieldInput = (field: string): string => `field_${field}`;
/** Names the input of one cell of a face field of rows. */
export const cellInput = (field: string, row: number, column: string): string =>
  `row_${field}_${row}_${column}`;
/** Names the hidden input that counts the rows of a list. */
export const countInput = (list: string): string => `count_${list}`;

/** Tells how many rows of a list the form has, within bounds. */
export const rowsOf = (values: Values, list: string, least: number, most: number): number => {
  const asked = Number.parseInt(values[countInput(list)] ?? '', 10);
  return Math.min(Math.max(Number.isNaN(asked) ? 0 : asked, least), most);
};
