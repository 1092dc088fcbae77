import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Crypto, openCrypto, parseMasterKey, thumbprintOf } from '../../src/crypto/index.ts';
import {
  type AgreementContent,
  type AgreementPlace,
  createRecognition,
  type Party,
  type Recognition,
} from '../../src/recognition/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { parseCreditCode } from '../../src/terms/credit-code.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';

/** One region with its storage and keys. */
export interface Region {
  entityId: string;
  regionCode: string;
  recognition: Recognition;
  crypto: Crypto;
  records: RecordConnection;
  party(): Promise<Party>;
  close(): Promise<void>;
}

/** Opens a region on embedded storage. */
export async function openRegion(regionCode: string, clock: FrozenClock): Promise<Region> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-region-'));
  const settings = { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false };
  const storage = await openStorage(settings, clock);
  const connection = storage.records;
  const masterKey = parseMasterKey('5e'.repeat(32));
  const crypto = await openCrypto({
    connection,
    masterKey,
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const entityId = `https://id-${regionCode}.example`;
  const self = { entityId, regionCode };
  const recognition = createRecognition({ connection, clock, self, keys: crypto.agreementKeys });
  await recognition.ready();
  return {
    entityId,
    regionCode,
    recognition,
    crypto,
    records: connection,
    party: async () => partyOf(entityId, regionCode, (await crypto.agreementKeys.load()).current),
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A party of an agreement; regions and authorities of tests do not exist. */
export const partyOf = (
  entityId: string,
  regionCode: string,
  agreementKey: Party['agreementKey'],
  role: Party['role'] = 'party',
): Party => ({
  entityId,
  regionCode,
  regionPrefix: regionCode.slice(0, 4),
  name: `示例市${regionCode}`,
  creditCode: parseCreditCode('11999999000000019M'),
  role,
  agreementKey,
});

const loa = (level: number): string => `urn:yihao:loa:${level}`;

export const signInTerms = {
  levelMap: { [loa(2)]: loa(2), [loa(3)]: loa(3), [loa(4)]: loa(3) },
  minimumLevel: loa(2),
  maximumLevel: loa(3),
  claims: ['name'],
  purposes: ['P0301'],
  maximumAuthenticationAgeSeconds: 300,
};

export const certificateTerms = {
  type: '11999999000000019M001',
  as: '11999999000000027G001',
  fields: ['name', 'class'],
  fieldMap: { class: 'licenceClass' },
  trustMap: { A: 'A', B: 'B' } as const,
  purposes: ['P0301', 'P0302'],
  minimumLevel: loa(2),
  consent: 'explicit' as const,
  channels: ['gateway' as const],
  maximumStatusAgeSeconds: 60,
  retentionDays: 30,
  requestsPerMinute: 600,
};

/** A bilateral text: what the second party vouches for, the first relies on. */
export const contentOf = (parties: [Party, Party]): AgreementContent => {
  const direction = { from: parties[1].regionCode, to: parties[0].regionCode };
  return {
    kind: 'bilateral',
    parties,
    rules: {
      signIn: [{ ...direction, ...signInTerms }],
      certificates: [{ ...direction, ...certificateTerms }],
    },
    suites: { signature: ['ES256'], encryption: ['ECDH-ES+A256KW/A256GCM'] },
    validFrom: day('2026-11-24'),
    validUntil: day('2027-11-23'),
    reviewBy: day('2027-06-01'),
    noticeDays: 30,
    legalBasis: '示例发〔2026〕1号',
  };
};

export const day = (text: string) => text as AgreementContent['validFrom'];

/** Makes two regions know each other, as two officers on each side did. */
export async function introduce(a: Region, b: Region): Promise<void> {
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const) {
    const { regionCode, regionPrefix, name, agreementKey } = await there.party();
    const { entityId } = there;
    await here.recognition.addPeer({ entityId, regionCode, regionPrefix, name, agreementKey, actor: 'o1' });
    for (const actor of ['o1', 'o2'])
      await here.recognition.comparePeer({ entityId, thumbprint: thumbprintOf(agreementKey), actor });
  }
}

/** Sends all that one side has for the other, and lets it hear the answers. */
export async function send(from: Region, to: Region, clock: FrozenClock): Promise<void> {
  for (const { envelope } of await from.recognition.listUndelivered()) {
    const status = await to.recognition.receive(from.entityId, envelope);
    await from.recognition.hear(to.entityId, { status, saidAt: clock.now() });
  }
}

/** Lets each side hear how the other sees all that is between them. */
export async function beat(a: Region, b: Region, clock: FrozenClock): Promise<void> {
  clock.advance(1);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const)
    for (const status of await from.recognition.listStatuses(to.entityId))
      await to.recognition.hear(from.entityId, { status, saidAt: clock.now() });
}

/** Brings an agreement between two regions into force; returns where it is kept. */
export async function agree(a: Region, b: Region, clock: FrozenClock): Promise<AgreementPlace> {
  const content = contentOf([await a.party(), await b.party()]);
  const { digest, ...place } = await a.recognition.draftAgreement({ content, after: null, actor: 'o1' });
  await a.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  await send(a, b, clock);
  await b.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
  await send(b, a, clock);
  await send(a, b, clock);
  await beat(a, b, clock);
  return place;
}
