import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPeer, confirmPeer } from '../../src/commands/peers.ts';
import { speakThumbprint, thumbprintOf } from '../../src/crypto/index.ts';
import type { House } from '../../src/house.ts';
import {
  type AgreementPlace,
  admit,
  createPeerCall,
  createPeerLink,
  type PeerCall,
  type PeerLink,
  stateOf,
} from '../../src/recognition/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { contentOf, partyOf } from './regions.ts';

/** Calls for real. */
export const realCall = createPeerCall({ privateHosts: ['localhost'] });

/** A region with a server, on a clock of its own. */
export interface Served extends Instance {
  house: House;
  regionCode: string;
  clock: FrozenClock;
  folder: string;
  /** The link of another process on the same storage, whose calls go through a port of the test. */
  beside(call: PeerCall): PeerLink;
}

/** Starts a region on a real socket; its folder is gone when it stops. */
export async function serveRegion(regionCode: string, clock: FrozenClock): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-region-'));
  const named = { YIHAO_REGION_CODE: regionCode, YIHAO_REGION_NAME: `示例市${regionCode}` };
  const instance = await startInstance(named, folder, clock);
  const { house } = instance.app;
  const connection = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
  let calling = realCall;
  const beside = createPeerLink({
    ...{ connection, clock, self: instance.issuer, recognition: house.recognition },
    ...{ peerKeys: house.crypto.peerKeys, memory: house.storage.ephemeral },
    call: (url, message) => calling(url, message),
    log: { warn: () => undefined },
    mail: [],
  });
  return {
    ...{ ...instance, house, regionCode, clock, folder },
    beside(call) {
      calling = call;
      return beside;
    },
    async stop() {
      await connection.close();
      await instance.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the two know each other, as two officers on each side do on the command line once they were told the groups. */
export async function meet(a: Served, b: Served): Promise<void> {
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const) {
    const { current } = await there.house.crypto.agreementKeys.load();
    const told = speakThumbprint(thumbprintOf(current)).groups.join(' ').toLowerCase();
    await addPeer(here.house, [there.issuer, '--thumbprint', told, '--as', 'li']);
    await confirmPeer(here.house, [there.issuer, '--thumbprint', thumbprintOf(current), '--as', 'wang']);
  }
}

/** Drafts and proposes an agreement at one side; nothing has been sent yet. */
export async function propose(a: Served, b: Served): Promise<AgreementPlace & { digest: string }> {
  const [one, other] = await Promise.all(
    [a, b].map(async ({ issuer, regionCode, house }) =>
      partyOf(issuer, regionCode, (await house.crypto.agreementKeys.load()).current),
    ),
  );
  if (!one || !other) throw new Error('there are two');
  const { recognition } = a.house;
  const drafted = await recognition.draftAgreement({
    content: contentOf([one, other]),
    after: null,
    actor: 'o1',
  });
  await recognition.proposeAgreement({ ...drafted, digestSeen: drafted.digest, actor: 'o2' });
  return drafted;
}

/** Countersigns at the other side, as an officer there does. */
export const countersign = (b: Served, { digest, ...place }: AgreementPlace & { digest: string }) =>
  b.house.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });

/** Lets both sides do what is due, some seconds later each time, until nothing is left or it was tried so often. */
export async function settle(sides: readonly Served[], rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const { house } of sides) await house.peerLink.runOnce();
    for (const clock of new Set(sides.map((side) => side.clock))) clock.advance(2);
  }
}

/** What an agreement is at a side. */
export async function stateAt({ house, clock }: Served, { agreementId }: AgreementPlace) {
  const [newest] = await house.recognition.findVersions(agreementId);
  return newest ? stateOf(newest, clock.now()) : null;
}

/** What a side answers a sign-in of a citizen of the second region at the first: a level, or why not. */
export async function gateAt({ house, clock }: Served, { agreementId }: AgreementPlace): Promise<string> {
  const standing = await house.recognition.findStanding(agreementId);
  if (standing === null) return 'nothing';
  const decision = admit(
    standing,
    {
      kind: 'sign-in',
      ...{ agreementDigest: null, from: '990200', to: '990100', path: ['990100'], isBrokered: false },
      ...{ purpose: 'P0301', claims: ['name'], level: 'urn:yihao:loa:4', wantedLevel: null },
    },
    clock.now(),
  );
  return decision.admitted ? 'open' : decision.code;
}

/** What both sides have to hold alike: the signed bytes, and the heads of both chains. */
export async function heldBy(here: Served, there: Served, place: AgreementPlace): Promise<string> {
  const { recognition } = here.house;
  const statuses = await recognition.listStatuses(there.issuer);
  const envelope = await recognition.envelopeFor(there.issuer, place);
  return JSON.stringify([
    statuses.filter(({ agreementId }) => agreementId === place.agreementId),
    envelope?.signed,
  ]);
}
