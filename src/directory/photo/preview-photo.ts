import type { CropBox } from './crop.ts';
import { type Developed, develop } from './develop.ts';
import type { Work } from './ports.ts';
import { profileOf } from './profiles.ts';

/** Shows what admitPhoto would make of a file, keeping nothing. Throws as admitPhoto does. */
export async function previewPhoto(
  work: Work,
  input: { bytes: Buffer; profileId: string; crop?: CropBox },
): Promise<Developed> {
  const profile = profileOf(input.profileId);
  return work.darkroom.run(() => develop(input.bytes, profile, input.crop));
}
