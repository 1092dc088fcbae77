import { demoFace } from '../../config/demo/faces.ts';
import { catalogueSeed } from '../../src/directory/index.ts';
import { authorities } from './department.ts';
import type { Instance } from './instance.ts';

const typeOf = (serial: string): string => `${authorities.police}${serial}`;

/** The type codes of the seeded catalogue that tests use. */
export const types = { identityCard: typeOf('001'), drivingLicence: typeOf('003'), marriage: typeOf('005') };

/** Puts the seeded catalogue into an instance. */
export async function seedTypes({ app }: Instance): Promise<void> {
  for (const type of catalogueSeed) await app.house.directory.catalogue.saveType(type, 'test');
}

interface Person {
  accountId: string;
  number: string;
  name: string;
}

let serial = 0;

/** Keeps an accepted photo of a person. */
export async function keepPhoto({ app }: Instance, { accountId }: Person) {
  const { photos } = app.house;
  const bytes = await demoFace(0);
  const admission = await photos.admitPhoto({
    bytes,
    profileId: 'id-card',
    holderId: accountId,
    actor: 'test',
  });
  if (admission.outcome === 'refused') throw new Error('the drawn face is not admitted');
  const { photoId, digest } = admission.photo;
  await photos.acceptPhoto({ photoId, reviewer: 'test' });
  return { photoId, photoDigest: digest };
}

/** What an authority's machine sends to have a driving licence issued. */
export function licenceOf(person: Pick<Person, 'number' | 'name'>) {
  serial += 1;
  return {
    typeCode: types.drivingLicence,
    serial: `DL${serial}`,
    number: `99990000${serial}`,
    areaCode: '990000',
    holders: [{ type: '111', code: person.number, name: person.name }],
    dates: { issuedOn: '2021-06-18', validUntil: '2031-06-18' },
    fields: {
      sex: '男',
      nationality: '中国',
      address: '示例省示例市和平路1号',
      birthDate: '1990-01-01',
      firstIssuedOn: '2015-06-18',
      vehicleClass: 'C1',
    },
  };
}

/** Issues a driving licence with a photo; returns its identifier. */
export async function issueLicence(instance: Instance, person: Person): Promise<string> {
  const { certificate } = await instance.app.house.directory.issueCertificate({
    ...licenceOf(person),
    ...(await keepPhoto(instance, person)),
    issuer: { code: authorities.police, name: '测试公安厅' },
    actor: 'test',
  });
  return certificate.identifier;
}
