import { AppError } from '../../base/error.ts';
import type { PhotoProfile } from './profiles.ts';

/** A part of an upright picture, in its pixels. */
export interface CropBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

/** Of what is too tall, this share goes from above: heads are near the top, so most goes from below. */
const shareFromAbove = 0.2;

/** Decides the largest box of the profile's ratio: centred across, and downwards with attention to the top. */
export function cropBoxOf(picture: Size, profile: PhotoProfile): CropBox {
  const ratio = profile.widthPixels / profile.heightPixels;
  const width = Math.min(picture.width, Math.round(picture.height * ratio));
  const height = Math.min(picture.height, Math.round(picture.width / ratio));
  return {
    left: Math.floor((picture.width - width) / 2),
    top: Math.floor((picture.height - height) * shareFromAbove),
    width,
    height,
  };
}

/** Refuses a box a person drew that leaves the picture or has another ratio by over a pixel. Throws photo-crop-invalid. */
export function checkCropBox(box: CropBox, picture: Size, profile: PhotoProfile): CropBox {
  const { left, top, width, height } = box;
  const isWhole = [left, top, width, height].every((value) => Number.isSafeInteger(value) && value >= 0);
  const isInside = left + width <= picture.width && top + height <= picture.height;
  const wanted = (height * profile.widthPixels) / profile.heightPixels;
  if (!isWhole || width === 0 || height === 0 || !isInside || Math.abs(width - wanted) > 1)
    throw new AppError('photo-crop-invalid');
  return { left, top, width, height };
}

/** How a person moves the box: by a twentieth of its width, or as much nearer to the face or away from it. */
export const cropMoves = ['up', 'down', 'left', 'right', 'closer', 'wider'] as const;
export type CropMove = (typeof cropMoves)[number];

const shifts: Record<CropMove, { across: number; down: number; wider: number }> = {
  up: { across: 0, down: -1, wider: 0 },
  down: { across: 0, down: 1, wider: 0 },
  left: { across: -1, down: 0, wider: 0 },
  right: { across: 1, down: 0, wider: 0 },
  closer: { across: 0, down: 0, wider: -2 },
  wider: { across: 0, down: 0, wider: 2 },
};

/** Moves a box by one step, as far as the picture lets it and not below the profile's own size. */
export function moveCropBox(box: CropBox, picture: Size, profile: PhotoProfile, move: CropMove): CropBox {
  const { across, down, wider } = shifts[move];
  const step = Math.max(1, Math.round(box.width / 20));
  const largest = cropBoxOf(picture, profile);
  const least = Math.min(profile.widthPixels, largest.width);
  const width = within(box.width + wider * step, least, largest.width);
  const height = Math.min(Math.round((width * profile.heightPixels) / profile.widthPixels), picture.height);
  const left = Math.round(box.left + (box.width - width) / 2 + across * step);
  const top = Math.round(box.top + (box.height - height) / 2 + down * step);
  return {
    left: within(left, 0, picture.width - width),
    top: within(top, 0, picture.height - height),
    width,
    height,
  };
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Tells whether our own box takes too much of a picture that is far too wide or too tall. */
export const losesTooMuch = (box: CropBox, picture: Size, { leastKept }: PhotoProfile): boolean =>
  Math.min(box.width / picture.width, box.height / picture.height) < leastKept;

/** Tells whether a box would have to be blown up. */
export const isTooSmall = (box: CropBox, { widthPixels, heightPixels }: PhotoProfile): boolean =>
  box.width < widthPixels || box.height < heightPixels;
