import sharp, { type Sharp } from 'sharp';
import { AppError } from '../../base/error.ts';
import { checkContainer, photoLimits } from './container.ts';
import { type CropBox, checkCropBox, cropBoxOf } from './crop.ts';
import { writeDensity } from './jpeg-density.ts';
import type { RgbPicture } from './measure.ts';
import type { PhotoProfile } from './profiles.ts';

const million = 1_000_000;
const white = '#ffffff';

/**
 * Opens a file and decodes it whole: upright, sRGB, without alpha. Its container and its size in pixels are judged before anything is decoded. Throws photo-too-large,
 * photo-type-refused, photo-type-unknown, photo-damaged, photo-trailing-data, photo-too-many-pixels.
 */
export async function openPhoto(bytes: Buffer): Promise<RgbPicture> {
  checkContainer(bytes);
  // Reads the header only; without a limit of its own, so that what is too large is called that and not damaged.
  const { width, height } = await orDamaged(sharp(bytes, { limitInputPixels: false }).metadata());
  if (width * height > photoLimits.pixels)
    throw new AppError('photo-too-many-pixels', { maximumMegapixels: photoLimits.pixels / million });
  const source = sharp(bytes, { limitInputPixels: photoLimits.pixels, failOn: 'warning' });
  const upright = source.autoOrient().flatten({ background: white }).toColourspace('srgb');
  const { data, info } = await orDamaged(upright.raw().toBuffer({ resolveWithObject: true }));
  return { data, width: info.width, height: info.height };
}

const orDamaged = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    throw new AppError('photo-damaged', {}, { cause });
  }
};

const sharpOf = ({ data, width, height }: RgbPicture): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

/** Decides the box to cut out: the one given, when it holds, or our own. Throws photo-crop-invalid. */
export const boxOf = (photo: RgbPicture, profile: PhotoProfile, wanted?: CropBox): CropBox =>
  wanted === undefined ? cropBoxOf(photo, profile) : checkCropBox(wanted, photo, profile);

/** Cuts the box out and brings it to the profile's size. */
export async function cutOut(photo: RgbPicture, box: CropBox, profile: PhotoProfile): Promise<RgbPicture> {
  const { widthPixels: width, heightPixels: height } = profile;
  const data = await sharpOf(photo).extract(box).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { data, width, height };
}

const qualityStep = 5;

/**
 * Writes a picture as a baseline JPEG within the profile's bytes, from its first quality downwards or upwards; null
 * when no quality fits. Nothing of the file that came in is in it but the pixels.
 */
export async function writeJpeg(picture: RgbPicture, profile: PhotoProfile): Promise<Buffer | null> {
  const { first, lowest, highest } = profile.quality;
  const { minimumBytes, maximumBytes } = profile;
  let jpeg = await encode(picture, first, profile);
  const step = jpeg.length > maximumBytes ? -qualityStep : qualityStep;
  for (let quality = first + step; quality >= lowest && quality <= highest; quality += step) {
    if (jpeg.length >= minimumBytes && jpeg.length <= maximumBytes) break;
    jpeg = await encode(picture, quality, profile);
  }
  return jpeg.length >= minimumBytes && jpeg.length <= maximumBytes ? jpeg : null;
}

const encode = async (
  picture: RgbPicture,
  quality: number,
  { densityPerInch }: PhotoProfile,
): Promise<Buffer> => {
  const jpeg = await sharpOf(picture)
    .jpeg({ quality, progressive: false, mozjpeg: false, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return writeDensity(jpeg, densityPerInch);
};

/** Opens a JPEG of our own making. */
export async function openOwn(jpeg: Buffer): Promise<RgbPicture> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
