/** A picture as rows of RGB bytes. */
export interface RgbPicture {
  data: Buffer;
  width: number;
  height: number;
}

/** What the checks look at; grey values are 0–255. */
export interface PhotoMeasures {
  /** Each band of the background: the corners above, and the sides down to the shoulders. */
  background: BandMeasure[];
  /** Standard deviation of the brightness over the whole picture. */
  deviation: number;
  /** Mean brightness of the head area. */
  headBrightness: number;
  /** Mean of (highest channel − lowest channel) over the head area. */
  headSaturation: number;
  /** Variance of the Laplacian over the brightness. */
  sharpness: number;
}

export interface BandMeasure {
  /** Of red, green and blue the lowest mean. */
  lowestMean: number;
  /** Standard deviation of the brightness. */
  deviation: number;
}

/** A part of the picture, each edge as a share of its width or height. */
interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * The top 10 % and the left and right 8 %, without what must not be white: hair may begin 7 px from the top, so the
 * middle of the top is left out, and shoulders reach the sides below.
 */
const backgroundBands: readonly Area[] = [
  { left: 0, right: 0.22, top: 0, bottom: 0.1 },
  { left: 0.78, right: 1, top: 0, bottom: 0.1 },
  { left: 0, right: 0.08, top: 0, bottom: 0.6 },
  { left: 0.92, right: 1, top: 0, bottom: 0.6 },
];

/** From the forehead to the chin of a head in its place, with little of the background: light on the face is judged here. */
const headArea: Area = { left: 0.25, right: 0.75, top: 0.15, bottom: 0.65 };

const whole: Area = { left: 0, right: 1, top: 0, bottom: 1 };

/** Measures a picture once over. */
export function measurePhoto(picture: RgbPicture): PhotoMeasures {
  const grey = greyOf(picture);
  const greyPicture = { ...picture, grey };
  return {
    background: backgroundBands.map((band) => ({
      lowestMean: Math.min(...channelMeans(picture, band)),
      deviation: Math.sqrt(varianceOf(greyIn(greyPicture, band))),
    })),
    deviation: Math.sqrt(varianceOf(greyIn(greyPicture, whole))),
    headBrightness: meanOf(greyIn(greyPicture, headArea)),
    headSaturation: meanSaturation(picture, headArea),
    sharpness: varianceOf(laplacianOf(greyPicture)),
  };
}

interface GreyPicture extends RgbPicture {
  grey: Float64Array;
}

/** Weighs the channels as ITU-R BT.601 does, which JPEG's own brightness channel follows. */
const greyOf = ({ data, width, height }: RgbPicture): Float64Array => {
  const grey = new Float64Array(width * height);
  for (let i = 0; i < grey.length; i += 1)
    grey[i] = 0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0);
  return grey;
};

/** Calls with the index of each pixel of an area, row by row. */
const forEachPixel = (
  { width, height }: RgbPicture,
  area: Area,
  visit: (pixelIndex: number) => void,
): void => {
  const [left, right] = [Math.floor(area.left * width), Math.ceil(area.right * width)];
  const [top, bottom] = [Math.floor(area.top * height), Math.ceil(area.bottom * height)];
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) visit(y * width + x);
};

const greyIn = (picture: GreyPicture, area: Area): number[] => {
  const values: number[] = [];
  forEachPixel(picture, area, (i) => values.push(picture.grey[i] ?? 0));
  return values;
};

const channelMeans = (picture: RgbPicture, area: Area): number[] => {
  const sums = [0, 0, 0];
  let count = 0;
  forEachPixel(picture, area, (i) => {
    count += 1;
    for (let c = 0; c < 3; c += 1) sums[c] = (sums[c] ?? 0) + (picture.data[3 * i + c] ?? 0);
  });
  return sums.map((sum) => sum / count);
};

const meanSaturation = (picture: RgbPicture, area: Area): number => {
  const values: number[] = [];
  forEachPixel(picture, area, (i) => {
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(3 * i, 3 * i + 3);
    values.push(Math.max(red, green, blue) - Math.min(red, green, blue));
  });
  return meanOf(values);
};

/** Takes four neighbours from four times the pixel: large at edges, so its variance falls as a picture blurs. */
const laplacianOf = ({ grey, width, height }: GreyPicture): number[] => {
  const at = (i: number): number => grey[i] ?? 0;
  const values: number[] = [];
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      values.push(4 * at(i) - at(i - 1) - at(i + 1) - at(i - width) - at(i + width));
    }
  return values;
};

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const varianceOf = (values: number[]): number => {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
};
