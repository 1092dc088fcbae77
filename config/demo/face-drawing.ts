import { clothes } from './face-clothes.ts';
import { hairBehind, hairInFront } from './face-hair.ts';

/** How a drawn person looks. Colours are CSS. */
export interface Look {
  skin: string;
  hair: string;
  hairStyle: HairStyle;
  top: string;
  topStyle: TopStyle;
  lips: string;
  age: 'child' | 'adult' | 'elder';
  glasses?: boolean;
  beard?: boolean;
}

export type HairStyle =
  | 'crew'
  | 'side'
  | 'fringe'
  | 'receding'
  | 'bob'
  | 'long'
  | 'tied'
  | 'waves'
  | 'parted';
export type TopStyle = 'round' | 'shirt' | 'jacket' | 'standing';

const line = '#4a352b';

/**
 * Draws a portrait as SVG, 358 × 441: hair from 14 px below the top, a face of 207 px from ear to ear, eyes 241 px
 * above the bottom, on white. Flat shapes and soft shading: anyone sees that it is a drawing.
 */
export function drawFace(look: Look): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="358" height="441" viewBox="0 0 358 441">
<defs>
<radialGradient id="cheek"><stop offset="0" stop-color="#e0705c" stop-opacity=".32"/><stop offset="1" stop-color="#e0705c" stop-opacity="0"/></radialGradient>
<radialGradient id="shade" cx=".46" cy=".42" r=".62"><stop offset=".55" stop-color="#5a2e18" stop-opacity="0"/><stop offset="1" stop-color="#5a2e18" stop-opacity=".22"/></radialGradient>
<linearGradient id="gloss" x1="0" y1="0" x2=".3" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".2"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/></linearGradient>
</defs>
<rect width="358" height="441" fill="#fff"/>
${hairBehind(look)}
${neck(look)}
${clothes(look)}
${ears(look)}
${head(look)}
${eyes(look)}
${nose}
${mouth(look)}
${look.age === 'elder' ? wrinkles : ''}
${look.beard ? beard(look) : ''}
${hairInFront(look)}
${look.glasses ? glasses : ''}
</svg>`;
}

const neck = ({ skin }: Look): string =>
  `<path d="M139 290 L137 372 Q179 420 221 372 L219 290 Z" fill="${skin}"/>
<path d="M139 318 Q179 366 219 318 L219 342 Q179 384 139 342 Z" fill="#5a2e18" opacity=".2"/>`;

const ears = ({ skin }: Look): string =>
  [1, -1]
    .map(
      (side) =>
        `<g transform="translate(179 0) scale(${side} 1)"><ellipse cx="95" cy="212" rx="9" ry="27" fill="${skin}"/>
<ellipse cx="95" cy="212" rx="9" ry="27" fill="#5a2e18" opacity=".14"/></g>`,
    )
    .join('');

/** A child's face is rounder below. */
const outline = ({ age }: Look): string =>
  age === 'child'
    ? 'M80 170C78 90 130 58 179 58S280 90 278 170C280 240 262 290 226 316C208 328 193 331 179 331S150 328 132 316C96 290 78 240 80 170Z'
    : 'M80 170C78 90 130 58 179 58S280 90 278 170C279 235 262 284 226 319C209 335 193 340 179 340S149 335 132 319C96 284 79 235 80 170Z';

const head = (look: Look): string =>
  `<path d="${outline(look)}" fill="${look.skin}"/><path d="${outline(look)}" fill="url(#shade)"/>
<circle cx="125" cy="254" r="29" fill="url(#cheek)"/><circle cx="233" cy="254" r="29" fill="url(#cheek)"/>`;

const eyes = (look: Look): string =>
  [1, -1]
    .map((side) => `<g transform="translate(179 0) scale(${side} 1)">${eye(look)}${brow(look)}</g>`)
    .join('') +
  '<circle cx="138" cy="196" r="2.6" fill="#fff"/><circle cx="226" cy="196" r="2.6" fill="#fff"/>';

const eye = ({ age }: Look): string => {
  const iris = age === 'child' ? 11 : 9.5;
  return `<path d="M22 203Q43 181 66 200Q46 213 22 203Z" fill="#fffdfa"/>
<circle cx="44" cy="199" r="${iris}" fill="#3a2418"/><circle cx="44" cy="199" r="4.5" fill="#140b07"/>
<path d="M22 203Q43 180 67 200" fill="none" stroke="${line}" stroke-width="3.6" stroke-linecap="round"/>
<path d="M27 206Q46 214 64 202" fill="none" stroke="${line}" stroke-width="1.1" opacity=".45"/>
<path d="M26 193Q45 175 64 189" fill="none" stroke="${line}" stroke-width="1.3" opacity=".4"/>`;
};

const brow = ({ hair, age }: Look): string =>
  `<path d="M19 171Q44 155 71 169Q46 163 20 176Z" fill="${age === 'elder' ? '#8b857f' : hair}" opacity=".88"/>`;

const nose = `<path d="M172 214Q168 240 161 252Q160 262 170 263" fill="none" stroke="#7a4630" stroke-width="2" opacity=".5" stroke-linecap="round"/>
<path d="M165 262Q179 271 193 262" fill="none" stroke="#7a4630" stroke-width="2.6" opacity=".7" stroke-linecap="round"/>
<path d="M181 212Q186 236 184 250" fill="none" stroke="#fff" stroke-width="5" opacity=".16" stroke-linecap="round"/>`;

const mouth = ({ lips }: Look): string =>
  `<path d="M150 292Q165 286 179 290Q193 286 208 292Q194 298 179 297Q164 298 150 292Z" fill="${lips}"/>
<path d="M153 293Q179 314 205 293Q194 298 179 297Q164 298 153 293Z" fill="${lips}" opacity=".82"/>
<path d="M147 291Q163 299 179 297Q195 299 211 291" fill="none" stroke="#7c3a32" stroke-width="1.8" stroke-linecap="round"/>`;

const wrinkles = `<g fill="none" stroke="#7a4630" stroke-linecap="round" opacity=".4">
<path d="M148 262Q135 275 135 290M210 262Q223 275 223 290" stroke-width="2"/>
<path d="M114 216Q132 225 152 217M206 217Q226 225 244 216" stroke-width="1.6"/>
<path d="M140 128Q179 121 218 128M146 143Q179 137 212 143" stroke-width="1.5"/></g>`;

const beard = ({ hair }: Look): string =>
  `<path d="M148 282Q164 274 179 279Q194 274 210 282Q196 284 179 284Q162 284 148 282Z" fill="${hair}" opacity=".75"/>
<path d="M158 318Q179 310 200 318Q198 336 179 341Q160 336 158 318Z" fill="${hair}" opacity=".7"/>`;

const glasses = `<g fill="#dfeaf2" fill-opacity=".16" stroke="#2b2f38" stroke-width="3.4">
<rect x="103" y="180" width="64" height="44" rx="17"/><rect x="191" y="180" width="64" height="44" rx="17"/>
<path d="M167 196Q179 189 191 196M103 192L82 187M255 192L276 187" fill="none"/></g>`;
