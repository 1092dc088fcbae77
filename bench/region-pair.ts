import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '../config/demo/people.ts';
import type { PublicEcJwk } from '../src/crypto/index.ts';
import type { Site as Registered } from '../src/oidc/index.ts';
import type { AgreementContent, AgreementPlace } from '../src/recognition/index.ts';
import { contentOf, day, partyOf, signInTerms } from '../test/recognition/regions.ts';
import { freePorts } from '../test/support/redis.ts';
import { createRegionVisitor, type RegionVisitor } from './region-visitor.ts';
import { openSite, type Site } from './site.ts';
import { type Subject, startSubject } from './subject.ts';

export const codes = { a: '990100', b: '990200' };
const itemCode = 'T-1';
const typeCode = '11999999000000019M007';

/** Two regions under test, the sites at the first, and the department there. */
export interface RegionPair {
  a: Subject;
  b: Subject;
  /** One for each purpose; the citizens of the second region sign in at each by its own agreement. */
  sites: { visitor: RegionVisitor; place: AgreementPlace }[];
  department: RegionVisitor;
  /** What a department asks of a certificate of the first region, and of the second. */
  questions: { here: object[]; across: object[] };
  /** Writes a text between the two that is like the others and covers a purpose of its own. */
  contentFor(purpose: string): AgreementContent;
  close(): Promise<void>;
}

/** The sites push nothing and bind nothing, as the figures always were. */
const lowestRung = { profile: 'basic', unsafeLesserProfileReason: 'figures stay comparable' };

const registered = ({ client }: Site, changes: object): Registered => {
  const { client_id: clientId, ...metadata } = client;
  return {
    clientId,
    name: { zh: '测量', en: 'Bench' },
    department: '测量',
    purpose: '测量',
    homeUrl: new URL('/', client.redirect_uris[0]).href,
    enabled: true,
    legalBasis: {},
    metadata,
    ...changes,
  };
};

/** Starts both regions on storage of their own, and brings an agreement for each site into force. */
export async function startPair(amount: number): Promise<RegionPair> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-bench-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of closers.reverse()) await end();
  };
  try {
    const [portOfA = 0, portOfB = 0] = await freePorts(2);
    const start = async (name: 'a' | 'b', host: string, port: number): Promise<Subject> => {
      const environment = {
        YIHAO_DATA_FOLDER: join(folder, name),
        YIHAO_REGION_CODE: codes[name],
        YIHAO_REGION_NAME: `示例市${codes[name]}`,
      };
      const order = { port, host, environment, client: { client_id: '', redirect_uris: [], scope: '' } };
      const subject = await startSubject(name, './region-child.js', order, join(folder, `${name}.log`));
      closers.push(subject.stop);
      return subject;
    };
    const a = await start('a', 'localhost', portOfA);
    const b = await start('b', '127.0.0.1', portOfB);
    return { ...(await prepare(a, b, { amount, closers })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const prepare = async (
  a: Subject,
  b: Subject,
  { amount, closers }: { amount: number; closers: (() => Promise<unknown>)[] },
): Promise<Omit<RegionPair, 'close'>> => {
  const open = async (clientId: string, changes: object = {}): Promise<Site> => {
    const site = await openSite({ client_id: clientId, ...changes });
    closers.push(site.close);
    return site;
  };
  const purposes = Array.from({ length: amount }, (_, i) => `P${i}`);
  const opened = await Promise.all(purposes.map((purpose) => open(`bench-${purpose}`)));
  const scope = 'certificate.verify recognition.verify';
  const machine = await open('bench-machine', { scope, grant_types: ['client_credentials'] });
  const sites = [
    ...opened.map((site, i) => registered(site, { purposeCode: purposes[i], ...lowestRung })),
    registered(machine, { authorityCode: '11999999000000027G' }),
  ];
  const certificates = {
    a: await a.act<string[]>('seed', { sites }),
    b: await b.act<string[]>('seed', { sites: [] }),
  };
  await a.act('meet', { entityId: b.issuer });
  await b.act('meet', { entityId: a.issuer });
  const parties = [
    partyOf(a.issuer, codes.a, await a.act<PublicEcJwk>('agreementKey')),
    partyOf(b.issuer, codes.b, await b.act<PublicEcJwk>('agreementKey')),
  ] as [ReturnType<typeof partyOf>, ReturnType<typeof partyOf>];
  const contentFor = (purpose: string): AgreementContent => textFor(parties, purpose);
  const { places } = await establish({ a, b }, purposes.map(contentFor));
  const visit = (site: Site, departmentScope = '') =>
    createRegionVisitor({ issuer: a.issuer, site, home: codes.b, departmentScope });
  return {
    a,
    b,
    sites: await Promise.all(
      opened.map(async (site, i) => ({ visitor: await visit(site), place: placeAt(places, i) })),
    ),
    department: await visit(machine, scope),
    questions: {
      here: certificates.a.map((identifier) => ({ identifier, useCause, basis })),
      across: certificates.b.map((identifier, i) => ({
        identifier,
        region: codes.b,
        holder: { type: '111', code: demoPeople[i]?.number },
        assurance: 2,
        useCause,
        basis,
      })),
    },
    contentFor,
  };
};

const placeAt = (places: readonly AgreementPlace[], i: number): AgreementPlace => {
  const place = places[i];
  if (place === undefined) throw new Error('an agreement was not made');
  return place;
};

const basis = { law: '示例条例', article: '第一条' };
const useCause = {
  systemName: '测量',
  materialName: '不动产权证书',
  purpose: '测量',
  category: 'service-item',
  itemCode,
  itemName: '测量事项',
};

const textFor = (parties: [ReturnType<typeof partyOf>, ReturnType<typeof partyOf>], purpose: string) => {
  const direction = { from: codes.b, to: codes.a };
  return {
    ...contentOf(parties),
    rules: {
      signIn: [{ ...direction, ...signInTerms, purposes: [purpose] }],
      certificates: [
        {
          ...direction,
          ...{ type: typeCode, as: typeCode, fields: [], fieldMap: {}, trustMap: { A: 'A', B: 'B' } },
          ...{ purposes: [itemCode], minimumLevel: 'urn:yihao:loa:2', consent: 'statutory' },
          ...{
            channels: ['gateway'],
            maximumStatusAgeSeconds: 60,
            retentionDays: 30,
            requestsPerMinute: 1e6,
          },
        },
      ],
    },
    validFrom: day('2026-01-01'),
    validUntil: day('2126-01-01'),
    reviewBy: day('2125-01-01'),
  } as AgreementContent;
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits, as officers would, until each side has told the other all it has. */
const told = async (sides: readonly Subject[]): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    const waiting = await Promise.all(sides.map((side) => side.act<number>('undelivered')));
    if (waiting.every((amount) => amount === 0)) return;
    await pause(100);
  }
  throw new Error('the regions did not come to hold the same');
};

/** Proposes all at the first region and countersigns them at the second; returns once both say that all are in force. */
export async function establish(
  { a, b }: { a: Subject; b: Subject },
  contents: AgreementContent[],
): Promise<{ places: AgreementPlace[]; wallMilliseconds: number }> {
  const startedAt = performance.now();
  const places = await a.act<AgreementPlace[]>('propose', { contents });
  await told([a]);
  await b.act('countersign', { places });
  await told([b, a]);
  const wallMilliseconds = performance.now() - startedAt;
  for (const side of [a, b]) {
    const active = await side.act<number>('active', { places });
    if (active !== contents.length)
      throw new Error(`${active} of ${contents.length} are in force at ${side.name}`);
  }
  return { places, wallMilliseconds };
}
