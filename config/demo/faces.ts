import sharp from 'sharp';
import { drawFace, type Look } from './face-drawing.ts';

const skins = { light: '#eac3a0', warm: '#e3b68f', tan: '#d6a47c', brown: '#c28d66' } as const;
const hairs = { black: '#1d1a1c', brown: '#3a2a22', grey: '#8d8a88', silver: '#b0adaa' } as const;
const lips = { soft: '#b96a60', rose: '#c25b5e', pale: '#a96f62' } as const;
const tops = {
  navy: '#2c3e63',
  pine: '#2f5d50',
  plum: '#6b3a5b',
  slate: '#4b5a6b',
  wine: '#7b2f3a',
  ochre: '#a9762f',
  teal: '#2b6b78',
  coal: '#34363c',
  sky: '#5b83b1',
  clay: '#a2594a',
} as const;

type Row = readonly [
  skin: keyof typeof skins,
  hair: keyof typeof hairs,
  hairStyle: Look['hairStyle'],
  top: keyof typeof tops,
  topStyle: Look['topStyle'],
  lips: keyof typeof lips,
  more?: Partial<Pick<Look, 'age' | 'glasses' | 'beard'>>,
];

/** The looks of the demo's people, in the order of `demoPeople`, drawn to the age and sex of their numbers. */
const rows: readonly Row[] = [
  ['warm', 'black', 'side', 'navy', 'jacket', 'soft', { glasses: true }],
  ['light', 'brown', 'long', 'plum', 'round', 'rose'],
  ['tan', 'silver', 'receding', 'slate', 'standing', 'pale', { age: 'elder' }],
  ['light', 'black', 'bob', 'teal', 'shirt', 'rose'],
  ['tan', 'grey', 'side', 'coal', 'standing', 'pale', { age: 'elder', beard: true }],
  ['warm', 'black', 'parted', 'wine', 'shirt', 'rose'],
  ['warm', 'silver', 'waves', 'plum', 'standing', 'pale', { age: 'elder' }],
  ['brown', 'black', 'crew', 'pine', 'shirt', 'pale'],
  ['warm', 'black', 'tied', 'sky', 'shirt', 'rose', { glasses: true }],
  ['tan', 'grey', 'crew', 'navy', 'jacket', 'pale', { age: 'elder', glasses: true }],
  ['light', 'black', 'fringe', 'clay', 'round', 'soft'],
  ['light', 'brown', 'waves', 'teal', 'round', 'rose'],
  ['warm', 'black', 'crew', 'slate', 'round', 'soft', { beard: true }],
  ['warm', 'grey', 'tied', 'pine', 'standing', 'pale', { age: 'elder', glasses: true }],
  ['light', 'black', 'fringe', 'sky', 'shirt', 'soft', { age: 'child' }],
  ['brown', 'brown', 'side', 'coal', 'jacket', 'pale'],
  ['tan', 'black', 'bob', 'ochre', 'round', 'soft', { glasses: true }],
  ['brown', 'black', 'parted', 'wine', 'round', 'soft'],
  ['tan', 'brown', 'fringe', 'navy', 'shirt', 'pale', { glasses: true }],
  ['light', 'black', 'tied', 'ochre', 'shirt', 'rose'],
];

const looks: readonly Look[] = rows.map(([skin, hair, hairStyle, top, topStyle, lip, more]) => ({
  skin: skins[skin],
  hair: hairs[hair],
  hairStyle,
  top: tops[top],
  topStyle,
  lips: lips[lip],
  age: 'adult',
  ...more,
}));

/** How many faces there are: one for each of the demo's people. */
export const demoFaceCount = looks.length;

/** Twice the size of an ID photo, as a file somebody hands in. */
const size = { width: 716, height: 882, dotsPerInch: 144 } as const;

/** Draws the face of a demo person, by the index in `demoPeople`, as a JPEG. Nobody looks like it: it is drawn here. */
export async function demoFace(index: number): Promise<Buffer> {
  const look = looks[index];
  if (look === undefined) throw new RangeError(`there are ${looks.length} demo faces and no number ${index}`);
  return sharp(Buffer.from(drawFace(look)), { density: size.dotsPerInch })
    .resize(size.width, size.height, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 92 })
    .toBuffer();
}
