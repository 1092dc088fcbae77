import { demoPeople } from '../../../config/demo/people.ts';
import { seedTypes } from '../../support/certificates.ts';
import { startDepartment } from '../../support/department.ts';
import { type Front, openFront } from '../../support/front.ts';
import { type Instance, startInstance } from '../../support/instance.ts';

export const directoryKey = '7d'.repeat(32);
export const registry = '11999999000000027G';
export const realEstate = '11999999000000019M007';
export const cityClient = 'city-990100';

/** A province and one of its cities, each behind an address that stays. */
export interface TwoRegions {
  province: Instance;
  city: Instance;
  front: Front;
  stop(): Promise<void>;
}

/** Starts a province and a city that is registered there. */
export async function startTwoRegions(): Promise<TwoRegions> {
  const front = await openFront();
  const province = await startInstance({ YIHAO_ISSUER: front.issuer, YIHAO_DIRECTORY_KEY: directoryKey });
  front.listener = province.app.listener;
  const city = await startInstance({
    YIHAO_REGION_CODE: '990100',
    YIHAO_REGION_NAME: '示例市',
    YIHAO_MASTER_KEY: 'c1'.repeat(32),
    YIHAO_DIRECTORY_KEY: directoryKey,
    YIHAO_PARENT_ISSUER: front.issuer,
    YIHAO_PARENT_CLIENT_ID: cityClient,
  });
  await Promise.all([seedTypes(province), seedTypes(city)]);
  await province.app.house.sites.save(
    {
      clientId: cityClient,
      name: { zh: '示例市证照库', en: 'City library' },
      department: '示例市数据局',
      authorityCode: registry,
      purpose: '报送目录',
      homeUrl: 'https://city.example/',
      enabled: true,
      legalBasis: {},
      metadata: {
        grant_types: ['client_credentials'],
        jwks_uri: `${city.issuer}/jwks`,
        scope: 'directory.push',
      },
    },
    'test',
  );
  await saveChild(province, { region: '990100', clientId: cityClient, address: city.issuer });
  return {
    province,
    city,
    front,
    stop: async () => {
      await Promise.all([city.stop(), province.stop()]);
      await front.close();
    },
  };
}

/** Registers a library of a region below. */
export const saveChild = (
  { app }: Instance,
  child: { region: string; clientId: string; address: string; enabled?: boolean },
): Promise<void> =>
  app.house.parentSide.saveChild({
    enabled: true,
    ...child,
    name: { zh: '示例市', en: 'Example city' },
    actor: 'test',
  });

/** Starts a machine that is the library of another region below, and sends what a test makes it send. */
export async function startOtherCity(province: Instance) {
  const machine = await startDepartment(province, { scope: 'directory.push' });
  await saveChild(province, {
    region: '990200',
    clientId: machine.clientId,
    address: 'https://other.example',
  });
  return machine;
}

/** The person of the tests: synthetic. */
export const holder = { type: '111', code: demoPeople[0]?.number ?? '', name: demoPeople[0]?.name ?? '' };

let serial = 0;

/** Issues a real-estate certificate at an instance; returns its identifier. */
export async function issue({ app }: Instance, areaCode = '990100'): Promise<string> {
  serial += 1;
  const { certificate } = await app.house.directory.issueCertificate({
    issuer: { code: registry, name: '测试登记机关' },
    areaCode,
    typeCode: realEstate,
    serial: `RE${serial}`,
    number: `示(2026)第${serial}号`,
    holders: [holder],
    dates: { issuedOn: '2026-01-01' },
    fields: {
      ownership: '单独所有',
      location: '示例省示例市和平路1号',
      unitNumber: `F${serial}`,
      rightType: '房屋所有权',
      rightNature: '市场化商品房',
      purpose: '住宅',
      area: '89.50 平方米',
      usePeriod: '2080-01-01 止',
    },
    actor: 'test',
  });
  return certificate.identifier;
}

/** Revokes a certificate. */
export async function revoke({ app }: Instance, identifier: string): Promise<void> {
  await app.house.directory.endCertificate({
    identifier,
    issuerCode: registry,
    ground: 'revoked',
    endedOn: '2026-11-20',
    reasonCode: 'r1',
    actor: 'test',
  });
}

/** Lets the audit relay of an instance catch up. */
export async function relay({ app }: Instance): Promise<void> {
  while ((await app.house.audit.relay.runOnce()) > 0);
}
