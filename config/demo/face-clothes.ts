import type { Look, TopStyle } from './face-drawing.ts';

const shoulders =
  'M14 441C22 404 62 394 104 382C122 377 132 370 138 360Q179 408 220 360C226 370 236 377 254 382C296 394 336 404 344 441Z';

/** What lies over the shoulders' plain shape; no uniform, and never white. */
const details: Readonly<Record<TopStyle, string>> = {
  round:
    '<path d="M134 363Q179 420 224 363" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="9"/><path d="M70 441Q66 424 72 408M288 441Q292 424 286 408" fill="none" stroke="#000" stroke-opacity=".2" stroke-width="3"/>',
  shirt:
    '<path d="M138 356L120 382L150 416L179 396L208 416L238 382L220 356Q179 410 138 356Z" fill="#fff" fill-opacity=".28"/><path d="M120 382L150 416L179 396L208 416L238 382M179 396V441" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="2.4"/><circle cx="179" cy="422" r="3" fill="#000" fill-opacity=".35"/>',
  jacket:
    '<path d="M142 368L179 441L216 368Q179 408 142 368Z" fill="#a9bfd6"/><path d="M142 366L179 402L168 414ZM216 366L179 402L190 414Z" fill="#c3d4e6"/><path d="M136 362L112 386L126 406L118 414L172 441H150ZM222 362L246 386L232 406L240 414L186 441H208Z" fill="#000" fill-opacity=".3"/><path d="M140 362L174 441M218 362L184 441" fill="none" stroke="#000" stroke-opacity=".4" stroke-width="3"/>',
  standing:
    '<path d="M136 350Q179 402 222 350L224 374Q200 398 181 402L179 441V402Q158 398 134 374Z" fill="#000" fill-opacity=".24"/><path d="M179 402V441" stroke="#000" stroke-opacity=".45" stroke-width="2.4"/><circle cx="186" cy="416" r="3.4" fill="#e9d9a6"/>',
};

/** Draws what the person wears. */
export const clothes = ({ top, topStyle }: Look): string =>
  `<path d="${shoulders}" fill="${top}"/>${details[topStyle]}`;
