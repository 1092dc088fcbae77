import { judgePicture } from './checks.ts';
import { type CropBox, isTooSmall, losesTooMuch } from './crop.ts';
import { measurePhoto } from './measure.ts';
import type { PhotoFailure } from './photo.ts';
import { boxOf, cutOut, openPhoto, writeJpeg } from './picture.ts';
import type { PhotoProfile } from './profiles.ts';

/** What a file becomes under a profile. */
export interface Developed {
  /** The size of the upright picture, which the box is a part of. */
  width: number;
  height: number;
  crop: CropBox;
  /** The picture as it would be kept; null when it cannot be written in the profile's bytes. */
  jpeg: Buffer | null;
  /** Everything that is wrong with it, but for the place of the face. */
  failures: PhotoFailure[];
}

/** Opens a file, cuts it, judges it and writes it anew. Throws what openPhoto throws, and photo-crop-invalid. */
export async function develop(bytes: Buffer, profile: PhotoProfile, wanted?: CropBox): Promise<Developed> {
  const photo = await openPhoto(bytes);
  const crop = boxOf(photo, profile, wanted);
  const picture = await cutOut(photo, crop, profile);
  const { widthPixels: width, heightPixels: height } = profile;
  const sizeFailures: PhotoFailure[] = isTooSmall(crop, profile)
    ? [{ code: 'photo-too-small', values: { width, height } }]
    : [];
  // What our own box cuts out of a picture far too wide may be anything: no use in judging that.
  const isLost = wanted === undefined && losesTooMuch(crop, photo, profile);
  const contentFailures: PhotoFailure[] = isLost
    ? [{ code: 'photo-ratio', values: {} }]
    : judgePicture(measurePhoto(picture), profile);
  const failures = [...sizeFailures, ...contentFailures];
  const jpeg = await writeJpeg(picture, profile);
  // A blank or blurred picture may not fill its bytes either, but that is no second thing to mend.
  const isByteMatter = jpeg === null && failures.length === 0;
  return {
    width: photo.width,
    height: photo.height,
    crop,
    jpeg,
    failures: isByteMatter ? [byteFailure(profile)] : failures,
  };
}

const byteFailure = ({ minimumBytes, maximumBytes }: PhotoProfile): PhotoFailure => ({
  code: 'photo-detail',
  values: { minimumKilobytes: minimumBytes / 1024, maximumKilobytes: maximumBytes / 1024 },
});
