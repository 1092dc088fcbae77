import type { CopyFont } from './open-font.ts';

/** Breaks a text into lines no wider than so many points: between Chinese characters, else between words. */
export function wrap(text: string, size: number, width: number, font: CopyFont): string[] {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const piece of piecesOf(text, size, width, font)) {
    const pieceWidth = font.widthOf(piece, size);
    // A mark that closes what stands before it does not begin a line; one may stand out a little.
    const mayStandOut = closing.test(piece) && taken <= width;
    if (line === '' || mayStandOut || taken + pieceWidth <= width) {
      line += piece;
      taken += pieceWidth;
    } else {
      lines.push(line.trim());
      line = piece.trimStart();
      taken = line === '' ? 0 : pieceWidth;
    }
  }
  return [...lines, line.trim()].filter((one, i) => one !== '' || i === 0);
}

const closing = /^[，。；：、！？）》”’…,.;:!?)]$/u;

/** Splits a text where it may be broken: a word of Latin letters or digits holds together unless no line takes it. */
const piecesOf = (text: string, size: number, width: number, font: CopyFont): string[] =>
  (text.match(/[!-~]+|[^!-~]/gu) ?? []).flatMap((piece) =>
    font.widthOf(piece, size) <= width ? [piece] : [...piece],
  );
