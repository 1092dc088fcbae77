import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../src/base/clock.ts';
import {
  digestOf,
  encryptMessage,
  type PublicEcJwk,
  thumbprintOf,
  verifyKeySet,
  verifyMessage,
} from '../../src/crypto/index.ts';
import { type DecryptionJwk, decryptMessage } from '../../src/crypto/peer-message.ts';
import { messageKinds } from '../../src/recognition/index.ts';
import type { Served } from './peers.ts';

const file = new URL('../vectors/recognition/messages.json', import.meta.url);
const [asker, asked] = ['https://id.a.example', 'https://id.b.example'] as const;
const kind = messageKinds.heartbeat;

/** What another implementation needs to prove that it takes and refuses messages alike. */
interface MessageVectors {
  now: string;
  agreementKeys: Record<string, PublicEcJwk>;
  /** The operational keys of each side, signed by its agreement key. */
  keySets: Record<string, string>;
  /** `outcome` is what whoever goes by `type`, `issuer` and `audience` has to find. */
  messages: { type: string; issuer: string; audience: string; token: string; outcome: string }[];
  /** The hash that the answer (the second message) carries of its question (the first). */
  requestHash: string;
  /** The question encrypted to a key, whose private part is here for the test only. */
  sealed: { key: DecryptionJwk; contentType: string; token: string };
}

/** Makes the vectors of two regions: a question and its answer, and what is refused. */
async function write(a: Served, b: Served): Promise<void> {
  const [ofA, ofB] = [a.house.crypto, b.house.crypto];
  const question = { type: kind.type, issuer: asker, audience: asked };
  const answer = { type: kind.answerType, issuer: asked, audience: asker };
  const content = { statuses: [] };
  const token = await ofA.peerKeys.sign(question, content);
  const requestHash = digestOf(token);
  const answered = await ofB.peerKeys.sign(answer, { ...content, requestHash });
  const forged = await ofB.peerKeys.sign(question, content);
  const now = a.clock.now();
  a.clock.advance(-62);
  const late = await ofA.peerKeys.sign(question, content);
  a.clock.advance(62 + 62);
  const early = await ofA.peerKeys.sign(question, content);
  a.clock.advance(-62);
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const pair = { kty: 'EC', crv: 'P-256', x, y, d } as DecryptionJwk;
  const key = { ...pair, kid: thumbprintOf(pair) };
  const keys = await Promise.all([ofA, ofB].map(({ agreementKeys }) => agreementKeys.load()));
  const vectors: MessageVectors = {
    now: now.toISOString(),
    agreementKeys: Object.fromEntries(keys.map(({ current }, i) => [i === 0 ? asker : asked, current])),
    keySets: {
      [asker]: await ofA.agreementKeys.signKeySet(asker, await ofA.peerKeys.published()),
      [asked]: await ofB.agreementKeys.signKeySet(asked, await ofB.peerKeys.published()),
    },
    messages: [
      { ...question, token, outcome: 'verified' },
      { ...answer, token: answered, outcome: 'verified' },
      { ...question, token: forged, outcome: 'signature' },
      { ...question, audience: asker, token, outcome: 'misdirected' },
      { ...question, type: messageKinds.read.type, token, outcome: 'malformed' },
      { ...question, token: late, outcome: 'expired' },
      { ...question, token: early, outcome: 'early' },
    ],
    requestHash,
    sealed: {
      key,
      contentType: kind.type,
      token: await encryptMessage(token, { key, contentType: kind.type }),
    },
  };
  writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`);
}

/**
 * Reads the vectors as any implementation would, and tells what it finds beside what it has to. They are made once; whoever
 * changes the form of messages takes the file away and runs this again.
 */
export async function readMessageVectors(a: Served, b: Served) {
  if (!existsSync(file)) await write(a, b);
  const vectors: MessageVectors = JSON.parse(readFileSync(file, 'utf8'));
  const clock: Clock = { now: () => new Date(vectors.now) };
  const found: string[] = [];
  for (const { token, outcome, ...route } of vectors.messages) {
    const agreementKey = vectors.agreementKeys[route.issuer];
    const keySet = vectors.keySets[route.issuer];
    if (agreementKey === undefined || keySet === undefined) throw new Error('the vectors lack a key');
    const keys = await verifyKeySet(keySet, { issuer: route.issuer, agreementKey, clock });
    if (keys === null) throw new Error('the key set does not hold');
    found.push((await verifyMessage(token, route, { keys, clock })).outcome);
  }
  const { key, contentType, token } = vectors.sealed;
  const opened = await decryptMessage(token, { keys: [key], contentType });
  return { vectors, found, opened };
}
