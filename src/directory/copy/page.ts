/** One thing drawn on a page; places are in points (1/72 inch) from the top left, text by its baseline. */
export type Mark =
  | { kind: 'text'; text: string; x: number; y: number; size: number; ink: string }
  | { kind: 'block'; x: number; y: number; width: number; height: number; ink: string }
  | { kind: 'picture'; jpeg: Buffer; x: number; y: number; width: number; height: number }
  /** An SVG path of so many points a unit. */
  | { kind: 'shape'; path: string; x: number; y: number; scale: number; ink: string }
  /** Pale text, turned about its beginning. */
  | { kind: 'veil'; text: string; x: number; y: number; size: number; ink: string; opacity: number };

/** How far a veil is turned: upwards from left to right. */
export const veilDegrees = -28;

/** A page before it is drawn: PDF and PNG are made of the same. */
export interface Page {
  width: number;
  height: number;
  /** What a reader calls the document; nobody's name. */
  title: string;
  marks: Mark[];
}

/** Lists the texts of a page: what the font must have glyphs for. */
export const textsOf = ({ marks }: Page): string[] =>
  marks.flatMap((mark) => (mark.kind === 'text' || mark.kind === 'veil' ? [mark.text] : []));
