import { type DemoCertificate, demoCertificates } from '../../config/demo/certificates.ts';
import { demoFace } from '../../config/demo/faces.ts';
import { demoItems } from '../../config/demo/items.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { AppError } from '../base/error.ts';
import { catalogueSeed } from '../directory/index.ts';
import type { House } from '../house.ts';

/** A photo in the directory, as a certificate names it. */
interface KeptPhoto {
  photoId: string;
  photoDigest: string;
}

const photoProfile = 'id-card';

/** Puts the types an instance begins with into its catalogue, leaving alone what is there. */
export async function seedCatalogue({ directory }: Pick<House, 'directory'>): Promise<void> {
  for (const type of catalogueSeed) await directory.catalogue.saveType(type, 'seed');
}

/** Puts the demo's service items in, leaving alone what is there. */
export async function seedItems({ consent }: Pick<House, 'consent'>): Promise<void> {
  for (const item of demoItems)
    if ((await consent.findServiceItem(item.code)) === null)
      await consent.saveServiceItem({ item, expectedVersion: null, actor: 'seed' });
}

/** Issues the demo's certificates with their drawn photos, for its service items; what is there stays as it is. */
export async function seedCertificates(
  house: House,
  progress: (done: number, total: number) => void,
  certificates: readonly DemoCertificate[] = demoCertificates,
): Promise<void> {
  await seedCatalogue(house);
  await seedItems(house);
  let done = 0;
  for (const certificate of certificates) {
    await issue(house, certificate);
    progress(++done, certificates.length);
  }
}

const issue = async (house: House, { photoOf, ...certificate }: DemoCertificate): Promise<void> => {
  const photo = photoOf === null ? {} : await photoOfPerson(house, photoOf);
  try {
    await house.directory.issueCertificate({ ...certificate, ...photo, actor: 'seed' });
  } catch (error) {
    // An earlier version of the demo issued it, and said something else in it.
    if (!(error instanceof AppError && error.code === 'certificate-serial-taken')) throw error;
  }
};

const photoOfPerson = async ({ identity, photos }: House, index: number): Promise<KeptPhoto> => {
  const holderId = await identity.findAccountIdByNumber(demoPeople[index]?.number ?? '');
  if (holderId === null) throw new Error(`demo person ${index} has no account; seed the people first`);
  const [kept] = (await photos.listPhotosOf(holderId)).filter(({ review }) => review.state === 'accepted');
  if (kept !== undefined) return { photoId: kept.photoId, photoDigest: kept.digest };
  const bytes = await demoFace(index);
  const admission = await photos.admitPhoto({ bytes, profileId: photoProfile, holderId, actor: 'seed' });
  if (admission.outcome === 'refused') throw new Error(`the drawn photo of demo person ${index} was refused`);
  const { photoId, digest } = admission.photo;
  await photos.acceptPhoto({ photoId, reviewer: 'seed' });
  return { photoId, photoDigest: digest };
};
