import { AppError } from '../../base/error.ts';
import {
  digestOf,
  encryptMessage,
  type KeySet,
  type MessageClaims,
  type PublicEcJwk,
  verifyMessage,
} from '../../crypto/index.ts';
import { type CallAnswer, messageType } from './call.ts';
import { keySetOf } from './keys.ts';
import { type MessageKind, type PeerAnswer, routeOf } from './message.ts';
import type { LinkWork } from './ports.ts';
import { readToken, saidAtOf } from './token.ts';

/**
 * Asks a peer once. Throws peer-not-trusted, region-unreachable, region-timeout, peer-refused {code} when it answered by a
 * problem, and peer-answer-invalid {fault} when what it answered is not signed by it, not for us, or of another question.
 */
export async function ask(
  work: LinkWork,
  peer: string,
  kind: MessageKind,
  content: Record<string, unknown>,
): Promise<PeerAnswer> {
  const token = await work.peerKeys.sign(routeOf(kind.type, work.self, peer), content);
  const sent = kind.isSealed ? await sealFor(work, peer, token, kind.type) : token;
  const answer = await work.call(`${peer}${kind.path}`, sent);
  const answered = await openAnswer(work, kind, answer);
  const claims = await verifyAnswer(work, peer, kind, answered);
  const requestHash = digestOf(token);
  if (claims['requestHash'] !== requestHash) throw invalid('another question');
  return {
    claims,
    status: answer.status,
    requestHash,
    answerHash: digestOf(answered),
    saidAt: saidAtOf(claims, work.clock),
  };
}

/** Encrypts a signed message to a peer's key. Throws peer-not-trusted, peer-answer-invalid {fault: no key to encrypt to}. */
export async function sealFor(
  work: LinkWork,
  peer: string,
  token: string,
  contentType: string,
): Promise<string> {
  const { keys } = await keySetOf(work, peer, null);
  const key = keys.find(isEncryptionKey);
  if (key === undefined) throw invalid('no key to encrypt to');
  return await encryptMessage(token, { key, contentType });
}

const isEncryptionKey = (key: KeySet['keys'][number]): key is PublicEcJwk & { kid: string } =>
  key.use === 'enc' && key.kty === 'EC' && key.crv === 'P-256' && typeof key.kid === 'string';

async function openAnswer(work: LinkWork, kind: MessageKind, { status, type, body }: CallAnswer) {
  const expected = kind.isSealed ? messageType.sealed : messageType.signed;
  if (type === 'application/problem+json')
    throw new AppError('peer-refused', { code: codeOf(body) ?? String(status) });
  if (type !== expected) throw invalid(`status ${status}`);
  const token = kind.isSealed ? await work.peerKeys.decrypt(body, kind.answerType) : body;
  if (token === null) throw invalid('encryption');
  return token;
}

async function verifyAnswer(
  work: LinkWork,
  peer: string,
  kind: MessageKind,
  token: string,
): Promise<MessageClaims> {
  const keys = await keySetOf(work, peer, readToken(token)?.kid ?? null);
  const route = routeOf(kind.answerType, peer, work.self);
  const read = await verifyMessage(token, route, { keys, clock: work.clock });
  if (read.outcome !== 'verified') throw invalid(read.outcome);
  return read.claims;
}

/** Reads the code of a problem document; nothing else of it is repeated anywhere. */
function codeOf(body: string): string | null {
  try {
    const { code } = JSON.parse(body);
    return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

const invalid = (fault: string): AppError => new AppError('peer-answer-invalid', { fault });
