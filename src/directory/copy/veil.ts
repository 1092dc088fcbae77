import type { CopyFont } from './open-font.ts';
import { type Mark, veilDegrees } from './page.ts';

const size = 10.5;
const lineGap = 15;
const rowGap = 84;
const columnGap = 56;
const ink = '#1f2a44';
/** Pale enough to read through, dark enough to survive a copying machine. */
const opacity = 0.13;

/** Writes lines over a whole page, again and again, each row of them set off against the one before. */
export function veilOver(width: number, height: number, lines: readonly string[], font: CopyFont): Mark[] {
  const angle = (veilDegrees * Math.PI) / 180;
  const [along, down] = [
    { x: Math.cos(angle), y: Math.sin(angle) },
    { x: -Math.sin(angle), y: Math.cos(angle) },
  ];
  const widest = Math.max(...lines.map((line) => font.widthOf(line, size)));
  const step = widest + columnGap;
  const reach = Math.hypot(width, height) / 2;
  const rows = Math.ceil(reach / rowGap);
  const columns = Math.ceil(reach / step) + 1;
  const marks: Mark[] = [];
  for (let row = -rows; row <= rows; row += 1)
    for (let column = -columns; column <= columns; column += 1)
      lines.forEach((text, i) => {
        const u = (column + (row % 2 === 0 ? 0 : 0.5)) * step - widest / 2;
        const v = row * rowGap + i * lineGap;
        const x = width / 2 + u * along.x + v * down.x;
        const y = height / 2 + u * along.y + v * down.y;
        const [endX, endY] = [x + widest * along.x, y + widest * along.y];
        const isSeen = endX > 0 && x < width && y > 0 && endY < height;
        if (isSeen) marks.push({ kind: 'veil', text, x: round(x), y: round(y), size, ink, opacity });
      });
  return marks;
}

const round = (points: number): number => Math.round(points * 100) / 100;
