import QRCode from 'qrcode';
import type { CardLook } from '../certificate-type.ts';
import type { CopyContent, CopyLine } from './content.ts';
import type { CopyFont } from './open-font.ts';
import type { Mark, Page } from './page.ts';
import { veilOver } from './veil.ts';
import { wrap } from './wrap.ts';

/** A5 upright; a certificate that says more than it takes makes the page longer, and printers fit it. */
const pageWidth = 420;
const leastHeight = 595;
const margin = 36;
const right = pageWidth - margin;
const ink = { text: '#1a1f2b', label: '#5b6472', line: '#c9ced8', white: '#ffffff' } as const;
/** The looks of cards, as the stylesheet has them. */
const looks: Readonly<Record<CardLook['colour'], string>> = {
  indigo: '#3d4f9f',
  jade: '#1d6b4f',
  crimson: '#a8213a',
  amber: '#8a6510',
  azure: '#1b6fa8',
  violet: '#6b3a7d',
  slate: '#56636f',
};

const hairline = 0.6;
const photo = { top: 104, width: 84, height: 103.5, gap: 14 };
const face = { top: 118, size: 11, labelSize: 9, leading: 16, gap: 5, valueLeft: 118 };
const foot = { size: 8, leading: 11.5, gap: 2.5, labelLeft: 140, valueLeft: 200, codeSide: 88 };
const note = '本打印件由电子证照系统制作。请扫码核验：内容以核验结果为准，逾期无效。';

/** Lays the content out on a page: what it says first, the veil over it, and the code above the veil. */
export function layOut(content: CopyContent, font: CopyFont): Page {
  const look = looks[content.look];
  const head = headOf(content, look, font);
  const body = faceOf(content, font);
  const footer = linesOf(content.foot, { ...foot, labelSize: foot.size, top: 0, rightAt: () => right }, font);
  const footHeight = Math.max(footer.bottom, foot.codeSide + 22) + 58;
  const height = Math.max(leastHeight, Math.ceil(body.bottom + 20 + footHeight));
  const top = height - footHeight;
  const marks = [
    ...head,
    ...body.marks,
    rule(top - 12),
    ...shifted(footer.marks, top + 8),
    ...centred('扫码核验真伪', margin + foot.codeSide / 2, top + foot.codeSide + 20, 7.5, ink.label, font),
    rule(height - 46),
    ...centred(content.statements.join('　|　'), pageWidth / 2, height - 30, 9, look, font),
    ...centred(note, pageWidth / 2, height - 15, 7, ink.label, font),
    ...veilOver(pageWidth, height, content.veil, font),
    ...codeOf(content.verifyAddress, margin, top),
  ];
  return { width: pageWidth, height, title: `${content.typeName}（打印件）`, marks };
}

const headOf = (content: CopyContent, look: string, font: CopyFont): Mark[] => {
  const copyNumber = `打印件编号　${content.copyId}`;
  const numberLeft = right - font.widthOf(copyNumber, 8);
  return [
    { kind: 'block', x: 0, y: 0, width: pageWidth, height: 7, ink: look },
    { kind: 'text', text: '电子证照打印件', x: margin, y: 26, size: 8, ink: ink.label },
    { kind: 'text', text: copyNumber, x: numberLeft, y: 26, size: 8, ink: ink.label },
    ...centred(content.typeName, pageWidth / 2, 60, 21, look, font),
    ...centred(content.issuerName, pageWidth / 2, 81, 10.5, ink.text, font),
    rule(92),
  ];
};

const faceOf = (content: CopyContent, font: CopyFont): { marks: Mark[]; bottom: number } => {
  const { photo: jpeg } = content;
  const photoBottom = photo.top + photo.height + photo.gap;
  // Beside the photo lines are shorter, below it they take the whole width.
  const besidePhoto = right - photo.width - photo.gap;
  const rightAt = (y: number): number => (jpeg !== null && y - face.size < photoBottom ? besidePhoto : right);
  const lines = linesOf(content.face, { ...face, labelLeft: margin, rightAt }, font);
  if (jpeg === null) return lines;
  const { top, width, height } = photo;
  const x = right - width;
  // A photo before a white wall has no edge of its own.
  const frame: Mark = {
    kind: 'block',
    x: x - hairline,
    y: top - hairline,
    ink: ink.line,
    width: width + 2 * hairline,
    height: height + 2 * hairline,
  };
  const picture: Mark = { kind: 'picture', jpeg, x, y: top, width, height };
  return { marks: [frame, picture, ...lines.marks], bottom: Math.max(lines.bottom, photoBottom) };
};

interface LineStyle {
  top: number;
  size: number;
  labelSize: number;
  leading: number;
  gap: number;
  labelLeft: number;
  valueLeft: number;
  /** Where lines end at a height. */
  rightAt(y: number): number;
}

const linesOf = (
  lines: readonly CopyLine[],
  style: LineStyle,
  font: CopyFont,
): { marks: Mark[]; bottom: number } => {
  const { size, labelSize, leading, gap, labelLeft, valueLeft } = style;
  const marks: Mark[] = [];
  let y = style.top;
  for (const { label, value } of lines) {
    const labels = wrap(label, labelSize, valueLeft - labelLeft - 6, font);
    const values = wrap(value, size, style.rightAt(y) - valueLeft, font);
    labels.forEach((text, i) => {
      marks.push({ kind: 'text', text, x: labelLeft, y: y + i * leading, size: labelSize, ink: ink.label });
    });
    values.forEach((text, i) => {
      marks.push({ kind: 'text', text, x: valueLeft, y: y + i * leading, size, ink: ink.text });
    });
    y += Math.max(labels.length, values.length) * leading + gap;
  }
  return { marks, bottom: y - leading };
};

const rule = (y: number): Mark => ({
  kind: 'block',
  x: margin,
  y,
  width: right - margin,
  height: hairline,
  ink: ink.line,
});

const centred = (
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  font: CopyFont,
): Mark[] => {
  // What is too wide for the page is set smaller rather than cut.
  const fitted = Math.min(size, (size * (right - margin)) / Math.max(1, font.widthOf(text, size)));
  return [{ kind: 'text', text, x: x - font.widthOf(text, fitted) / 2, y, size: fitted, ink: colour }];
};

const shifted = (marks: readonly Mark[], by: number): Mark[] =>
  marks.map((mark) => ({ ...mark, y: mark.y + by }));

/** The white that readers want around a code. */
const quietModules = 4;

/** Draws an address as a QR code, on white of its own so that the veil does not run into it. */
const codeOf = (address: string, x: number, y: number): Mark[] => {
  const { size, data } = QRCode.create(address, { errorCorrectionLevel: 'M' }).modules;
  const squares: string[] = [];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      if (data[row * size + column]) squares.push(`M${column} ${row}h1v1h-1z`);
  const { codeSide } = foot;
  const quiet = (quietModules * codeSide) / size;
  const whole = codeSide + 2 * quiet;
  return [
    { kind: 'block', x: x - quiet, y: y - quiet, width: whole, height: whole, ink: ink.white },
    { kind: 'shape', path: squares.join(''), x, y, scale: codeSide / size, ink: '#000000' },
  ];
};
