import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFace } from '../../../config/demo/faces.ts';
import { openCrypto, parseMasterKey } from '../../../src/crypto/index.ts';
import { type Copies, type CopyDeps, createCopies } from '../../../src/directory/copy/copies.ts';
import type { NewCopy } from '../../../src/directory/copy/copy.ts';
import {
  catalogueSeed,
  createDirectory,
  createPhotos,
  type Directory,
  type NewCertificate,
} from '../../../src/directory/index.ts';
import { openStorage, type Storage } from '../../../src/storage/index.ts';
import { type FrozenClock, frozenClock } from '../../support/frozen-clock.ts';
import { organA, typeCodes } from '../directory-house.ts';

/** Copies on embedded storage with the directory and its photos, and a clock that stands. */
export interface CopyHouse {
  copies: Copies;
  directory: Directory;
  records: Storage['records'];
  clock: FrozenClock;
  issue(request: NewCertificate): Promise<string>;
  /** Issues a driving licence with an accepted photo. */
  issueLicence(holder: { code: string; name: string }, more?: Partial<NewCertificate>): Promise<string>;
  /** Opens a certificate and says who wants a copy of it. */
  wanted(identifier: string, more?: Partial<NewCopy>): Promise<NewCopy>;
  close(): Promise<void>;
}

/** Opens the house in a temporary folder. */
export async function openCopyHouse(more: Pick<CopyDeps, 'findFont'> = {}): Promise<CopyHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-copy-'));
  const clock = frozenClock();
  const where = { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false };
  const storage = await openStorage(where, clock);
  const { records: connection, ephemeral } = storage;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const keys = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
  const { cipher, blindIndex, sealer, photoCipher } = await openCrypto(keys);
  const photos = createPhotos({ connection, ephemeral, photoCipher, clock, referenceKey: randomBytes(32) });
  const directory = createDirectory({
    ...{ connection, cipher, blindIndex, sealer, clock, photos },
    onStatusChanged: async () => undefined,
  });
  const deps: CopyDeps = {
    ...{ connection, cipher, directory, photos, clock },
    issuer: 'https://id.example.gov.cn',
    ...more,
  };
  const copies = createCopies(deps);
  await Promise.all([directory.ready(), photos.ready(), copies.ready()]);
  await Promise.all(catalogueSeed.map((type) => directory.catalogue.saveType(type, 'seed')));
  const issue = async (request: NewCertificate): Promise<string> =>
    (await directory.issueCertificate(request)).certificate.identifier;
  return {
    ...{ copies, directory, records: connection, clock, issue },
    async issueLicence(holder, more = {}) {
      const bytes = await demoFace(0);
      const photo = { bytes, profileId: 'id-card', holderId: holder.code, actor: 'test' };
      const admission = await photos.admitPhoto(photo);
      if (admission.outcome !== 'admitted') throw new Error('a demo face was refused');
      const { photoId, digest } = admission.photo;
      await photos.acceptPhoto({ photoId, reviewer: 'officer-1' });
      return issue({ ...licenceOf(holder), photoId, photoDigest: digest, ...more });
    },
    async wanted(identifier, more = {}) {
      const certificate = await directory.findCertificate(identifier);
      if (certificate === null) throw new Error('it was issued');
      const type = await directory.catalogue.findTypeVersion(certificate.typeCode, certificate.typeVersion);
      const caller = { id: 'site-property', name: '示例市不动产登记中心' };
      const form = 'pdf' as const;
      return {
        ...{ certificate, type, caller, form },
        purpose: '办理首次登记',
        expiresOn: '2026-12-01',
        ...more,
      };
    },
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

let issued = 0;
const serial = (): string => {
  issued += 1;
  return String(issued).padStart(6, '0');
};

const licenceOf = ({ code, name }: { code: string; name: string }): NewCertificate => ({
  issuer: { code: organA, name: '示例省公安厅' },
  areaCode: '990000',
  typeCode: typeCodes.drivingLicence,
  serial: `DL-SYN-${serial()}`,
  number: code,
  holders: [{ type: '111', code, name }],
  dates: { issuedOn: '2021-06-18', validUntil: '2031-06-18' },
  fields: {
    sex: '男',
    nationality: '中国',
    address: '示例省示例市和平路1号示例小区12号楼3单元1502室',
    birthDate: '1990-01-01',
    firstIssuedOn: '2015-06-18',
    vehicleClass: 'C1',
  },
  actor: 'officer-1',
});
