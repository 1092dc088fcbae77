import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { seedCatalogue } from '../../src/commands/seed-certificates.ts';
import { digestOf, parseMasterKey, thumbprintOf } from '../../src/crypto/index.ts';
import { type House, openHouse } from '../../src/house.ts';
import { createLog } from '../../src/http/index.ts';
import {
  type AgreementContent,
  type AgreementPlace,
  type Envelope,
  questionShape,
  verificationKinds,
} from '../../src/recognition/index.ts';
import { nextVersionOf, parseCertificateIdentifier } from '../../src/terms/certificate-identifier.ts';
import { issueLicence, types } from '../support/certificates.ts';
import { authorities, useCause } from '../support/department.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import type { Instance } from '../support/instance.ts';
import {
  type CertificateCase,
  type CertificateVectors,
  certificateVectorFile,
} from './certificate-vectors.ts';
import { contentOf, day, partyOf } from './regions.ts';

interface Side {
  issuer: string;
  regionCode: string;
  house: House;
}

const openSide = async (
  name: string,
  regionCode: string,
  clock: FrozenClock,
  folder: string,
): Promise<Side> => {
  const issuer = `https://id.${name}.example`;
  const config = readConfig({
    YIHAO_MODE: 'development',
    YIHAO_ISSUER: issuer,
    YIHAO_REGION_CODE: regionCode,
    YIHAO_REGION_NAME: `示例市${regionCode}`,
    YIHAO_DATA_FOLDER: join(folder, name),
    YIHAO_MASTER_KEY: '5e'.repeat(32),
  });
  const masterKey = parseMasterKey(config.masterKey.text ?? '');
  return {
    issuer,
    regionCode,
    house: await openHouse({ config, masterKey, clock, log: createLog('silent') }),
  };
};

const partyAt = async ({ issuer, regionCode, house }: Side) =>
  partyOf(issuer, regionCode, (await house.crypto.agreementKeys.load()).current);

const introduce = async ({ house }: Side, there: Side): Promise<void> => {
  const { entityId, regionCode, regionPrefix, name, agreementKey } = await partyAt(there);
  await house.recognition.addPeer({ entityId, regionCode, regionPrefix, name, agreementKey, actor: 'o1' });
  for (const actor of ['o1', 'o2'])
    await house.recognition.comparePeer({ entityId, thumbprint: thumbprintOf(agreementKey), actor });
};

/** Carries what one side has for the other; both then have heard each other. */
const exchange = async (sides: [Side, Side], clock: FrozenClock): Promise<void> => {
  const ways = [sides, [sides[1], sides[0]]] as const;
  for (const [from, to] of [...ways, ...ways])
    for (const { envelope } of await from.house.recognition.listUndelivered()) {
      const status = await to.house.recognition.receive(from.issuer, envelope);
      await from.house.recognition.hear(to.issuer, { status, saidAt: clock.now() });
    }
  for (const [from, to] of ways)
    for (const status of await from.house.recognition.listStatuses(to.issuer))
      await to.house.recognition.hear(from.issuer, { status, saidAt: clock.now() });
};

const rule = {
  ...{ from: '999900', to: '990100', type: types.drivingLicence, as: `${authorities.registry}009` },
  fields: ['number', 'vehicleClass'],
  fieldMap: { vehicleClass: 'licenceClass' },
  trustMap: { A: 'B' } as const,
  purposes: ['T-1'],
  minimumLevel: 'urn:yihao:loa:2',
  consent: 'statutory' as const,
  channels: ['gateway'] as const,
  ...{ maximumStatusAgeSeconds: 60, retentionDays: 30, requestsPerMinute: 100 },
};
const rules = [
  rule,
  { ...rule, purposes: ['T-2'], consent: 'explicit' },
  { ...rule, purposes: ['T-3'], channels: ['presentation'] },
  { ...rule, type: types.identityCard, requestsPerMinute: 1 },
];

type Place = AgreementPlace & { digest: string };
const two = { reason: '演练', actor: 'o1', secondOfficer: 'o2' };
const beginning = Date.parse('2026-11-24T04:00:00Z');
const midnight = Date.parse('2026-11-24T16:00:00Z');

/** The two regions, and what has been asked and agreed between them so far. */
interface Work {
  sides: [Side, Side];
  clock: FrozenClock;
  agreements: Record<string, Envelope[]>;
  cases: CertificateCase[];
}

const propose = async ({ sides, clock }: Work, changes: object = {}): Promise<Place> => {
  const [a, b] = sides;
  const content = {
    ...contentOf([await partyAt(a), await partyAt(b)]),
    rules: { signIn: [], certificates: rules },
    ...changes,
  } as AgreementContent;
  const { recognition } = a.house;
  const drafted = await recognition.draftAgreement({ content, after: null, actor: 'o1' });
  await recognition.proposeAgreement({ ...drafted, digestSeen: drafted.digest, actor: 'o2' });
  await exchange(sides, clock);
  return drafted;
};

const agree = async (work: Work, changes: object = {}): Promise<Place> => {
  const place = await propose(work, changes);
  const [, { house }] = work.sides;
  await house.recognition.countersignAgreement({ ...place, digestSeen: place.digest, actor: 'o3' });
  await exchange(work.sides, work.clock);
  return place;
};

/** Keeps what both sides hold of an agreement; who was only proposed to has nothing of its own to send. */
const keep = async (
  { sides: [a, b], agreements }: Work,
  name: string,
  place: Place,
): Promise<[string, Place]> => {
  const envelopes = [
    await a.house.recognition.envelopeFor(b.issuer, place),
    await b.house.recognition.envelopeFor(a.issuer, place),
  ];
  agreements[name] = envelopes.filter((envelope) => envelope !== null);
  return [name, place];
};

const causeOf = (itemCode: string) => ({
  ...useCause,
  itemCode,
  departmentCode: authorities.police,
  departmentName: '测试部门',
});

const ask = async (
  { sides: [a, b], clock, cases }: Work,
  name: string,
  { under: [agreement, place], ...changes }: { under: [string, Place]; [member: string]: unknown },
): Promise<void> => {
  const { certificate: kind } = verificationKinds;
  const content = {
    agreementId: place.agreementId,
    agreementDigest: place.digest,
    ...{ wants: 'verdict', type: types.drivingLicence, identifier: null, fields: [] },
    holder: { type: '111', code: demoPeople[0]?.number },
    level: 'urn:yihao:loa:2',
    basis: { kind: 'law', law: '示例条例', article: '第一条' },
    cause: causeOf('T-1'),
    requester: { id: 'department-1', name: { zh: '测试部门', en: 'Test department' } },
    ...changes,
  };
  const route = { type: kind.type, issuer: a.issuer, audience: b.issuer };
  const question = await a.house.crypto.peerKeys.sign(route, content);
  const requestHash = digestOf(question);
  const from = { from: a.issuer, claims: {} as never, requestHash, saidAt: clock.now() };
  const reply = await b.house.verifications.answerQuestion(questionShape.parse(content), from);
  const back = { type: kind.answerType, issuer: b.issuer, audience: a.issuer };
  const answer = await b.house.crypto.peerKeys.sign(back, { ...reply.content, requestHash });
  const [held] = await b.house.recognition.findVersions(place.agreementId);
  const { refusal, verdict } = reply.content as { refusal?: string; verdict?: { kind: string } };
  cases.push({
    name,
    now: clock.now().toISOString(),
    heardAt: held?.heardAt?.toISOString() ?? null,
    agreement,
    question,
    status: reply.status ?? 200,
    answer,
    outcome: refusal ?? verdict?.kind ?? '',
  });
};

/** What is asked under an agreement in force. */
const askUnderOne = async (work: Work, [licence, ended]: [string, string]): Promise<void> => {
  const under = await keep(work, 'active', await agree(work));
  const identifier = licence;
  await ask(work, 'a certificate in force', { under, identifier });
  const fields = ['number', 'vehicleClass', 'address'];
  await ask(work, 'fields of it, one not covered', { under, identifier, wants: 'fields', fields });
  await ask(work, 'a certificate that was revoked', { under, identifier: ended });
  const absent = nextVersionOf(parseCertificateIdentifier(licence));
  await ask(work, 'a certificate that is not there', { under, identifier: absent });
  await ask(work, 'a type that is not covered', { under, type: types.marriage });
  await ask(work, 'a purpose that is not covered', { under, cause: causeOf('T-9') });
  await ask(work, 'a channel that is not covered', { under, cause: causeOf('T-3') });
  await ask(work, 'a level too low', { under, level: 'urn:yihao:loa:1' });
  await ask(work, 'a use that takes consent', { under, cause: causeOf('T-2') });
  await ask(work, 'another text of the agreement', { under, agreementDigest: 'x'.repeat(43) });
  await ask(work, 'an agreement nobody made', { under, agreementId: `agr_${'x'.repeat(22)}` });
  await ask(work, 'a first question of a rule for one in a minute', { under, type: types.identityCard });
  await ask(work, 'a second one', { under, type: types.identityCard });
};

/** What is asked under agreements that are not in force, or not any more. */
const askUnderOthers = async (work: Work): Promise<void> => {
  const { sides, clock } = work;
  const [a, b] = sides;
  const proposed = await keep(work, 'proposed', await propose(work));
  await ask(work, 'an agreement that is only proposed', { under: proposed });
  const stopped = await agree(work);
  await b.house.recognition.suspend({ ...stopped, ...two });
  await exchange(sides, clock);
  await ask(work, 'an agreement that is suspended', { under: await keep(work, 'suspended', stopped) });
  await a.house.recognition.terminate({ ...stopped, ...two, forCause: true });
  await exchange(sides, clock);
  await ask(work, 'an agreement that was ended', { under: await keep(work, 'terminated', stopped) });
  const lastDay = { validUntil: day('2026-11-24'), reviewBy: day('2026-11-24') };
  const under = await keep(work, 'short', await agree(work, lastDay));
  clock.advance((midnight - clock.now().getTime()) / 1000 - 1);
  await ask(work, 'a region that was not heard for hours', { under });
  await exchange(sides, clock);
  await ask(work, 'the last second of the last day in Shanghai', { under });
  clock.advance(1);
  await ask(work, 'midnight in Shanghai after it', { under });
  clock.advance((beginning - midnight) / 1000);
};

const keySetOf = async ({ issuer, house: { crypto } }: Side): Promise<string> =>
  crypto.agreementKeys.signKeySet(issuer, await crypto.peerKeys.published());

const vectorsOf = async ({ sides: [a, b], agreements, cases }: Work): Promise<CertificateVectors> => {
  const { answerType: type } = verificationKinds.credentialKeys;
  const { content } = await b.house.verifications.answerCredentialKeys();
  const told = { ...content, requestHash: digestOf('') };
  return {
    asker: a.issuer,
    asked: b.issuer,
    regionCodes: { [a.issuer]: a.regionCode, [b.issuer]: b.regionCode },
    agreementKeys: {
      [a.issuer]: (await partyAt(a)).agreementKey,
      [b.issuer]: (await partyAt(b)).agreementKey,
    },
    keySets: { [a.issuer]: await keySetOf(a), [b.issuer]: await keySetOf(b) },
    credentialKeys: await b.house.crypto.peerKeys.sign({ type, issuer: b.issuer, audience: a.issuer }, told),
    statusList: {
      uri: (await b.house.credentials.statusListUris())[0] ?? '',
      token: await b.house.credentials.statusListToken('1'),
    },
    agreements,
    cases,
  };
};

/** Makes the vectors of two regions, of a synthetic person's licences. */
export async function writeCertificateVectors(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-vectors-'));
  const clock = frozenClock(new Date(beginning).toISOString());
  const a = await openSide('a', '990100', clock, folder);
  const b = await openSide('b', '999900', clock, folder);
  const work: Work = { sides: [a, b], clock, agreements: {}, cases: [] };
  await introduce(a, b);
  await introduce(b, a);
  await seedCatalogue(b.house);
  const { number = '', name = '' } = demoPeople[0] ?? {};
  const at = { app: { house: b.house } } as Instance;
  const person = { accountId: 'person-1', number, name };
  const [licence, ended] = [await issueLicence(at, person), await issueLicence(at, person)];
  const act = { identifier: ended, issuerCode: authorities.police, actor: 'test', reasonCode: 'test' };
  await b.house.directory.endCertificate({ ...act, ground: 'revoked', endedOn: '2026-11-24' });
  await askUnderOne(work, [licence, ended]);
  await askUnderOthers(work);
  writeFileSync(certificateVectorFile, `${JSON.stringify(await vectorsOf(work), null, 2)}\n`);
  await Promise.all(work.sides.map(({ house }) => house.close()));
  await rm(folder, { recursive: true, force: true });
}
