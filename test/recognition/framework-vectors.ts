import { readFileSync, writeFileSync } from 'node:fs';
import { type PublicEcJwk, thumbprintOf } from '../../src/crypto/index.ts';
import {
  type AgreementPlace,
  admit,
  type CertificateRequest,
  type Folder,
  type SignInRequest,
  type Standing,
} from '../../src/recognition/index.ts';
import { signInFrom } from './frameworks.ts';
import type { Region } from './regions.ts';

export const frameworkVectorFile = new URL('../vectors/recognition/framework.json', import.meta.url);

/** What another implementation needs to prove itself: a list, the texts it names, and what follows between two members. */
export interface FrameworkVectors {
  operator: { entityId: string; regionCode: string; agreementKey: PublicEcJwk; thumbprint: string };
  now: string;
  /** The list while all is open, and after the operator suspended the first member. */
  open: { list: string; folders: Folder[] };
  suspended: { list: string; folders: Folder[] };
  members: [string, string];
  standing: { agreementId: string; digest: string };
  decisions: { request: SignInRequest | CertificateRequest; open: unknown; suspended: unknown }[];
}

export const readFrameworkVectors = (): FrameworkVectors =>
  JSON.parse(readFileSync(frameworkVectorFile, 'utf8'));

const certificateFrom = (from: string, to: string, changes: Partial<CertificateRequest> = {}) => ({
  kind: 'certificate' as const,
  agreementDigest: null,
  from,
  to,
  purpose: 'P0301',
  type: '11999999000000019M001',
  fields: ['name', 'address', 'class'],
  level: 'urn:yihao:loa:2',
  channel: 'gateway' as const,
  hasConsent: true,
  ...changes,
});

const requestsOf = (a: string, b: string): FrameworkVectors['decisions'][number]['request'][] => [
  signInFrom(b, a),
  signInFrom(a, b),
  signInFrom(b, '990300'),
  signInFrom(b, a, { purpose: 'P9999' }),
  signInFrom(b, a, { isBrokered: true }),
  signInFrom(b, a, { path: ['990300', a] }),
  certificateFrom(b, a),
  certificateFrom(b, a, { purpose: 'P0302' }),
  certificateFrom(b, a, { type: 'x' }),
  certificateFrom(b, a, { hasConsent: false }),
  certificateFrom(b, a, { agreementDigest: 'x' }),
];

/** Decides as written in the vectors. */
export const decide = (standing: Standing, request: SignInRequest | CertificateRequest, now: Date) =>
  request.kind === 'sign-in' ? admit(standing, request, now) : admit(standing, request, now);

/** Makes the vectors of an operator and two members; the operator suspends the first of them, and lifts it again. */
export async function writeFrameworkVectors(
  operator: Region,
  [a, b]: [Region, Region],
  places: { framework: AgreementPlace; first: AgreementPlace; second: AgreementPlace },
  { now, tell }: { now: Date; tell(): Promise<void> },
): Promise<void> {
  const look = async () => {
    const [standing] = await b.recognition.findEffective(a.regionCode);
    if (standing === undefined) throw new Error('no standing');
    const { token } = await operator.recognition.signMemberList();
    const folders = await Promise.all(
      Object.values(places).map((place) => operator.recognition.folderFor(a.entityId, place)),
    );
    const kept = folders.filter((folder) => folder !== null);
    return { standing, signed: { list: token, folders: kept } };
  };
  const open = await look();
  const act = { ...places.first, reason: '演练', actor: 'o1', secondOfficer: 'o2' };
  await operator.recognition.suspend(act);
  await tell();
  const suspended = await look();
  await operator.recognition.resume(act);
  await tell();
  const { current } = await operator.crypto.agreementKeys.load();
  const { entityId, regionCode } = operator;
  const vectors: FrameworkVectors = {
    operator: { entityId, regionCode, agreementKey: current, thumbprint: thumbprintOf(current) },
    now: now.toISOString(),
    open: open.signed,
    suspended: suspended.signed,
    members: [places.first.agreementId, places.second.agreementId],
    standing: { agreementId: open.standing.agreementId, digest: open.standing.digest },
    decisions: requestsOf(a.regionCode, b.regionCode).map((request) => ({
      request,
      open: decide(open.standing, request, now),
      suspended: decide(suspended.standing, request, now),
    })),
  };
  writeFileSync(frameworkVectorFile, `${JSON.stringify(vectors, null, 2)}\n`);
}
