import { AppError } from '../../base/error.ts';
import { digestOf, type MessageOutcome, verifyMessage } from '../../crypto/index.ts';
import { sealFor } from './ask.ts';
import { messageType } from './call.ts';
import { keySetOf } from './keys.ts';
import { type MessageKind, type PeerQuestion, type PeerReply, routeOf } from './message.ts';
import type { LinkWork } from './ports.ts';
import { readToken, saidAtOf } from './token.ts';

/** An answer as it goes out. */
export interface SignedReply {
  status: number;
  type: string;
  body: string;
}

/** Longer than a message holds on the clock of a peer that is a minute ahead. */
const rememberedSeconds = 180;

/**
 * Proves that a question is of a confirmed peer, for us, not over a minute old, and new. Throws peer-message-invalid
 * {fault}, peer-not-trusted, agreement-signature-invalid, peer-message-late when the clocks differ, peer-message-replayed,
 * and what fetching the keys of the peer throws.
 */
export async function openQuestion(work: LinkWork, kind: MessageKind, body: string): Promise<PeerQuestion> {
  const token = kind.isSealed ? await work.peerKeys.decrypt(body, kind.type) : body;
  if (token === null) throw new AppError('peer-message-invalid', { fault: 'encryption' });
  const said = readToken(token);
  if (said === null) throw new AppError('peer-message-invalid', { fault: 'form' });
  const keys = await keySetOf(work, said.issuer, said.kid);
  const route = routeOf(kind.type, said.issuer, work.self);
  const read = await verifyMessage(token, route, { keys, clock: work.clock });
  if (read.outcome !== 'verified') throw refusalOf(read);
  const { claims } = read;
  const key = `peer-message:${digestOf(`${claims.iss} ${claims.jti}`)}`;
  const isNew = await work.memory.add(key, '', { ttlSeconds: rememberedSeconds });
  if (!isNew) throw new AppError('peer-message-replayed');
  return { from: claims.iss, claims, requestHash: digestOf(token), saidAt: saidAtOf(claims, work.clock) };
}

/** Signs an answer to a question, and encrypts it where the kind asks for that. Throws as openQuestion does. */
export async function sealReply(
  work: LinkWork,
  kind: MessageKind,
  { from, requestHash }: PeerQuestion,
  { content, status = 200 }: PeerReply,
): Promise<SignedReply> {
  const route = routeOf(kind.answerType, work.self, from);
  const token = await work.peerKeys.sign(route, { ...content, requestHash });
  if (!kind.isSealed) return { status, type: messageType.signed, body: token };
  return { status, type: messageType.sealed, body: await sealFor(work, from, token, kind.answerType) };
}

const refusalOf = ({ outcome }: MessageOutcome): AppError => {
  if (outcome === 'signature') return new AppError('agreement-signature-invalid');
  if (outcome === 'expired' || outcome === 'early') return new AppError('peer-message-late');
  return new AppError('peer-message-invalid', { fault: outcome });
};
