/** A region under test, in a process of its own: Yihao as `yihao serve` runs it, and what its officers do. */
import { demoPeople } from '../config/demo/people.ts';
import { readConfig } from '../config/index.ts';
import { systemClock } from '../src/base/clock.ts';
import { seedHouse } from '../src/commands/seed.ts';
import { seedCatalogue } from '../src/commands/seed-certificates.ts';
import { type RunningServer, startServer } from '../src/commands/server.ts';
import { thumbprintOf } from '../src/crypto/index.ts';
import type { Site } from '../src/oidc/index.ts';
import { type AgreementContent, type AgreementPlace, stateOf } from '../src/recognition/index.ts';
import { type Acts, issuerOf, obeyParent, type StartOrder } from './child-orders.ts';

const configure = (order: StartOrder) =>
  readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuerOf(order),
    YIHAO_LISTEN_HOST: order.host ?? 'localhost',
    YIHAO_LISTEN_PORT: String(order.port),
    YIHAO_MASTER_KEY: 'be'.repeat(32),
    YIHAO_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_SITE_REQUESTS_PER_MINUTE: '1000000',
    YIHAO_PRIVATE_SITE_HOSTS: 'localhost,127.0.0.1',
    YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: 'yes',
    ...order.environment,
  });

let server: RunningServer | undefined;
const house = (): RunningServer['app']['house'] => {
  if (server === undefined) throw new Error('the region has not started');
  return server.app.house;
};

const issue = async (number: string, index: number): Promise<string> => {
  const { certificate } = await house().directory.issueCertificate({
    issuer: { code: '11999999000000027G', name: '测量机关' },
    areaCode: '990000',
    typeCode: '11999999000000019M007',
    serial: `RE${index}`,
    number: `示(2026)第${index}号`,
    holders: [{ type: '111', code: number, name: '甲某' }],
    dates: { issuedOn: '2026-01-01' },
    fields: {
      ownership: '单独所有',
      location: '示例省示例市和平路1号',
      unitNumber: `F${index}`,
      rightType: '房屋所有权',
      rightNature: '市场化商品房',
      purpose: '住宅',
      area: '89.50 平方米',
      usePeriod: '2080-01-01 止',
    },
    actor: 'bench',
  });
  return certificate.identifier;
};

const two = { reason: '测量', actor: 'o1', secondOfficer: 'o2' };

const acts = {
  /** Puts in the sites, the people, and a certificate of each; returns the identifiers. */
  async seed({ sites }: { sites: Site[] }) {
    await seedHouse(house(), sites, () => undefined);
    await seedCatalogue(house());
    return await Promise.all(demoPeople.map(({ number }, index) => issue(number, index)));
  },
  agreementKey: async () => (await house().crypto.agreementKeys.load()).current,
  async meet({ entityId }: { entityId: string }) {
    const { recognition, peerLink } = house();
    const said = await peerLink.describeRegion(entityId);
    await recognition.addPeer({ ...said, actor: 'o1' });
    const thumbprint = thumbprintOf(said.agreementKey);
    for (const actor of ['o1', 'o2']) await recognition.comparePeer({ entityId, thumbprint, actor });
  },
  async propose({ contents }: { contents: AgreementContent[] }) {
    const { recognition } = house();
    const places: AgreementPlace[] = [];
    for (const content of contents) {
      const { digest, ...place } = await recognition.draftAgreement({ content, after: null, actor: 'o1' });
      await recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
      places.push(place);
    }
    return places;
  },
  async countersign({ places }: { places: AgreementPlace[] }) {
    const { recognition } = house();
    for (const { agreementId, agreementVersion } of places) {
      const [newest] = await recognition.findVersions(agreementId);
      const place = { agreementId, agreementVersion, digestSeen: newest?.digest ?? '' };
      await recognition.countersignAgreement({ ...place, actor: 'o3' });
    }
  },
  undelivered: async () => (await house().recognition.listUndelivered()).length,
  async active({ places }: { places: AgreementPlace[] }) {
    const now = systemClock.now();
    const versions = await Promise.all(
      places.map(({ agreementId }) => house().recognition.findVersions(agreementId)),
    );
    return versions.filter(([newest]) => newest !== undefined && stateOf(newest, now) === 'active').length;
  },
  suspend: ({ place }: { place: AgreementPlace }) => house().recognition.suspend({ ...place, ...two }),
  resume: ({ place }: { place: AgreementPlace }) => house().recognition.resume({ ...place, ...two }),
} satisfies Acts;

obeyParent(async (order) => {
  server = await startServer(configure(order));
  return server.stop;
}, acts);
