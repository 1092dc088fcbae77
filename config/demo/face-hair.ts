import type { HairStyle, Look } from './face-drawing.ts';

/** The outside of the hair on the head: its top 14 px below the edge, wide as the ears. */
const crown = 'M78 196C60 88 104 14 180 14S300 88 280 196';
/** The same cut short at the sides. */
const shortCrown = 'M79 172C66 84 108 14 180 14S294 84 279 172';

/** Each style from the right ear over the forehead back to the left ear. */
const fronts: Readonly<Record<HairStyle, string>> = {
  crew: `${shortCrown}C276 148 272 130 262 112C252 92 222 88 179 88S106 92 96 112C86 130 82 148 79 172Z`,
  side: `${shortCrown}C277 150 270 128 256 112C230 112 178 104 142 74C132 96 108 108 94 124C86 138 82 154 79 172Z`,
  fringe: `${crown}C276 168 274 150 270 138Q262 112 254 106Q246 134 230 142Q232 124 226 112Q212 140 190 146Q194 128 188 114Q170 142 146 144Q152 128 148 116Q126 138 100 140Q88 152 78 196Z`,
  receding: `M79 184C68 84 104 20 180 20S292 84 279 184C276 158 272 136 264 120C256 92 232 96 218 76C196 62 162 62 140 76C126 96 102 92 94 120C86 136 82 158 79 184Z`,
  bob: `${crown}C276 168 272 140 262 122C226 130 170 126 118 112C100 122 88 144 78 196Z`,
  long: `${crown}C280 164 262 116 186 72C168 112 110 120 92 148C84 162 80 176 78 196Z`,
  tied: `${shortCrown}C274 128 246 84 179 78C112 84 84 128 79 172Z`,
  waves: `M76 204Q56 184 66 162Q52 138 68 118Q62 90 84 78Q86 52 112 46Q124 22 150 26Q180 4 208 26Q236 22 246 46Q274 52 274 78Q296 90 290 118Q306 138 292 162Q302 184 282 204Q280 160 264 138Q252 116 232 122Q214 100 190 112Q164 94 144 110Q118 106 108 130Q84 144 76 204Z`,
  parted: `${crown}C282 150 252 92 180 70C106 92 76 150 78 196Z`,
};

/** What hangs behind the neck; shorter styles have nothing there. */
const backs: Partial<Record<HairStyle, string>> = {
  bob: 'M84 90C50 180 48 300 74 326Q106 346 140 328L218 328Q252 346 284 326C310 300 308 180 274 90Z',
  long: 'M84 90C44 200 42 350 56 428Q108 446 150 400L208 400Q250 446 302 428C316 350 314 200 274 90Z',
  parted: 'M84 90C48 200 46 320 64 376Q104 406 146 370L212 370Q254 406 294 376C312 320 310 200 274 90Z',
  waves:
    'M72 150C52 176 64 196 58 214Q54 240 74 250Q84 272 108 268L250 268Q274 272 284 250Q304 240 300 214C294 196 306 176 286 150Z',
};

/** Strands that catch the light. */
const strands: Readonly<Record<HairStyle, string>> = {
  crew: 'M120 62Q150 36 196 34',
  side: 'M150 66Q190 92 250 98M154 54Q196 76 262 88',
  fringe: 'M112 96Q116 58 156 38M150 104Q152 62 184 36M196 104Q192 64 208 40',
  receding: 'M118 76Q146 44 190 40',
  bob: 'M110 100Q122 54 170 36M70 220Q64 270 78 306M288 220Q294 270 280 306',
  long: 'M104 118Q128 62 180 44M66 230Q56 320 72 400M292 230Q302 320 286 400',
  tied: 'M110 102Q134 54 176 36M244 98Q224 54 186 36M176 36V74',
  waves: 'M84 110Q104 92 100 72M126 76Q150 66 148 44M186 72Q208 64 204 40M238 84Q256 78 250 60',
  parted: 'M98 122Q124 66 178 40M262 122Q238 66 184 40M180 22V66',
};

/** Draws the hair that lies behind the neck and the shoulders. */
export const hairBehind = ({ hairStyle, hair }: Look): string => {
  const back = backs[hairStyle];
  return back === undefined
    ? ''
    : `<path d="${back}" fill="${hair}"/><path d="${back}" fill="#000" opacity=".16"/>`;
};

/** Draws the hair over the forehead. */
export const hairInFront = ({ hairStyle, hair }: Look): string =>
  `<path d="${fronts[hairStyle]}" fill="${hair}"/><path d="${fronts[hairStyle]}" fill="url(#gloss)"/>
<path d="${strands[hairStyle]}" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" opacity=".17"/>`;
