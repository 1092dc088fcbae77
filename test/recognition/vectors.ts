import { readFileSync, writeFileSync } from 'node:fs';
import { thumbprintOf } from '../../src/crypto/index.ts';
import {
  admit,
  type CertificateRequest,
  type Envelope,
  type SignInRequest,
} from '../../src/recognition/index.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';
import { agree, type Region, send } from './regions.ts';

export const vectorFile = new URL('../vectors/recognition/bilateral.json', import.meta.url);

/** What another implementation needs to prove itself: a signed agreement, both chains, and decisions at instants. */
export interface Vectors {
  /** Pinned thumbprints by entity. */
  pinned: Record<string, string>;
  digest: string;
  signedDigest: string;
  /** The envelopes of both sides before and after the second side suspended. */
  active: Envelope[];
  suspended: Envelope[];
  now: string;
  decisions: { request: SignInRequest | CertificateRequest; active: unknown; suspended: unknown }[];
}

export const readVectors = (): Vectors => JSON.parse(readFileSync(vectorFile, 'utf8'));

const asked = { agreementDigest: null, from: '990200', to: '990100', purpose: 'P0301' };

export const signIn: SignInRequest = {
  ...asked,
  kind: 'sign-in',
  claims: ['name'],
  level: 'urn:yihao:loa:4',
  wantedLevel: null,
  path: ['990100'],
  isBrokered: false,
};

export const certificate: CertificateRequest = {
  ...asked,
  kind: 'certificate',
  type: '11999999000000019M001',
  fields: ['name', 'address', 'class'],
  level: 'urn:yihao:loa:2',
  channel: 'gateway',
  hasConsent: true,
};

const requests: Vectors['decisions'][number]['request'][] = [
  signIn,
  { ...signIn, level: 'urn:yihao:loa:1' },
  { ...signIn, level: 'urn:yihao:loa:2', wantedLevel: 'urn:yihao:loa:3' },
  { ...signIn, purpose: 'P9999' },
  { ...signIn, claims: ['name', 'phone'] },
  { ...signIn, isBrokered: true },
  { ...signIn, path: ['990300', '990100'] },
  { ...signIn, agreementDigest: 'x' },
  certificate,
  { ...certificate, type: 'x' },
  { ...certificate, purpose: 'P9999' },
  { ...certificate, channel: 'presentation' },
  { ...certificate, level: 'urn:yihao:loa:1' },
  { ...certificate, hasConsent: false },
];

/** Makes the vectors of two regions that agree and then suspend. */
export async function writeVectors(a: Region, b: Region, clock: FrozenClock): Promise<void> {
  const place = await agree(a, b, clock);
  const envelopes = async () =>
    Promise.all([
      a.recognition.envelopeFor(b.entityId, place),
      b.recognition.envelopeFor(a.entityId, place),
    ]) as Promise<Envelope[]>;
  const answers = async () => {
    const standing = await a.recognition.findStanding(place.agreementId);
    if (standing === null) throw new Error('no standing');
    return requests.map((request) =>
      request.kind === 'sign-in'
        ? admit(standing, request, clock.now())
        : admit(standing, request, clock.now()),
    );
  };
  const active = { envelopes: await envelopes(), answers: await answers() };
  await b.recognition.suspend({ ...place, reason: '演练', actor: 'o1', secondOfficer: 'o2' });
  await send(b, a, clock);
  const suspended = { envelopes: await envelopes(), answers: await answers() };
  const [status] = (await a.recognition.listStatuses(b.entityId)).filter(
    ({ agreementId }) => agreementId === place.agreementId,
  );
  const pins: Record<string, string> = {};
  const [newest] = await a.recognition.findVersions(place.agreementId);
  for (const party of newest?.document.parties ?? []) pins[party.entityId] = thumbprintOf(party.agreementKey);
  const vectors: Vectors = {
    pinned: pins,
    digest: status?.digest ?? '',
    signedDigest: status?.signedDigest ?? '',
    active: active.envelopes,
    suspended: suspended.envelopes,
    now: clock.now().toISOString(),
    decisions: requests.map((request, i) => ({
      request,
      active: active.answers[i],
      suspended: suspended.answers[i],
    })),
  };
  writeFileSync(vectorFile, `${JSON.stringify(vectors, null, 2)}\n`);
}
