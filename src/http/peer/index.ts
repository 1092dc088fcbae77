/**
 * The edge towards other regions, under `/peer`: their machines propose and countersign agreements, tell events and ask.
 * Owns the addresses, the outer shape of messages, their limits and the codes of refusals; owns no rule of agreements
 * (recognition), and does not prove who speaks (recognition's link does). Control leaves into the domains, and by a signed
 * answer, or by a problem document (RFC 9457, from memory) to who could not prove itself.
 *
 * A message is a row of the table that `regionMessages` (messages.ts) returns, and a later one is one more row:
 *   message({ kind, content, handle })
 *   kind     { path: '/peer/certificates', type, answerType, isSealed }, kept in the domain, where both sides find it
 *   content  a zod shape of the members beside iss, aud, iat, exp, jti (strip what is not yours: those five are in it)
 *   handle   (content, { from, claims, requestHash, saidAt }) => { content, status? }: a refusal of the field is an answer
 *            too, signed, with the status of its code; what is thrown as an AppError goes out as a problem, unsigned
 * Before `handle` runs it is proved that the asker is a confirmed peer, that its signature holds, that the message is for
 * us, not over a minute old, and new. A kind with `isSealed` is encrypted both ways. The asking side of the same kind is
 *   link.ask(entityId, kind, content) => { claims, status, requestHash, answerHash, saidAt }
 * (house.peerLink.ask; name it in ports.ts): one call of at most 3 s, no redirect, no private address unless configured.
 * It throws region-unreachable, region-timeout, peer-answer-invalid (not signed by it, not for us, of another question),
 * and peer-refused { code }, where the code is the one in the problem document.
 *
 *   POST /peer/agreements        an envelope: proposal, countersignature and events alike → how it is seen now
 *   POST /peer/agreements/read   asks for an envelope that is missing here
 *   POST /peer/objections        a case between the two, whole → the acts of this side in it (sealed)
 *   POST /peer/mappings/read     asks for a published mapping that an agreement refers to
 *   POST /peer/frameworks        an operator's list of members → what is missing here
 *   POST /peer/frameworks/texts  a text of that list with its signatures and chains
 *   POST /peer/heartbeat         how each version is seen → how the other side sees it
 *   GET  /.well-known/yihao-jwks     the operational keys, signed by the agreement key
 *   GET  /.well-known/yihao-region   who this is: what is registered of a peer before its key is compared
 */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { AppError } from '../../base/error.ts';
import { keySetPath, type PeerLink, type RegionDescription, regionPath } from '../../recognition/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { limitPerAddress } from '../limits.ts';
import type { Log } from '../log.ts';
import { readBody } from './body.ts';
import type { PeerMessage } from './message.ts';
import { drawProblem } from './problem.ts';

export interface PeerDeps {
  link: Pick<PeerLink, 'openQuestion' | 'sealReply'>;
  messages: readonly PeerMessage[];
  /** Says who this region is, with the key that signs agreements now. */
  describe(): Promise<RegionDescription>;
  /** Signs the operational keys by the agreement key. */
  signKeySet(): Promise<string>;
  ephemeral: EphemeralStore;
  requestsPerMinute: number;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  log: Log;
}

const refusalsPerMinute = 60;

/** Routes what other regions send. */
export function createPeerRoutes(deps: PeerDeps): Router {
  const router = new Router();
  const limit = limitPerAddress(deps);
  router.get(regionPath, limit, async (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=60');
    ctx.body = await deps.describe();
  });
  router.get(keySetPath, limit, async (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=60');
    ctx.type = 'application/jwt';
    ctx.body = await deps.signKeySet();
  });
  for (const one of deps.messages) router.post(one.kind.path, problems(deps), (ctx) => take(ctx, deps, one));
  // What is no message is refused here, so that a machine never gets a page.
  router.all('/peer/{*path}', problems(deps), () => {
    throw new AppError('not-found');
  });
  return router;
}

/** Refusals are counted by network address: whoever tries what they cannot prove is told to wait. */
const problems =
  (deps: PeerDeps): Middleware =>
  async (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      await next();
    } catch (error) {
      const isStranger = error instanceof AppError && [401, 403].includes(error.status);
      drawProblem(ctx, deps.log, isStranger ? await counted(ctx, deps, error) : error);
    }
  };

const counted = async (ctx: Context, deps: PeerDeps, error: AppError): Promise<AppError> => {
  const key = `limit:peer-refused:${deps.hideAddress(ctx.ip)}`;
  const { count, resetSeconds } = await deps.ephemeral.count(key, 60);
  return count > refusalsPerMinute ? new AppError('too-many-requests', { waitSeconds: resetSeconds }) : error;
};

const take = async (ctx: Context, { link }: PeerDeps, one: PeerMessage): Promise<void> => {
  const question = await link.openQuestion(one.kind, await readBody(ctx));
  const content = one.content.safeParse(question.claims);
  if (!content.success) {
    const fault = content.error.issues[0]?.path.join('.') || 'members';
    throw new AppError('peer-message-invalid', { fault });
  }
  const reply = await one.handle(content.data, question);
  const { status, type, body } = await link.sealReply(one.kind, question, reply);
  ctx.status = status;
  ctx.type = type;
  ctx.body = body;
};
