/**
 * Sign-in at a service counter (窗口): a clerk names a person, who answers on their own pages. Owns match codes, the
 * questions that wait for a person, and their one answer; owns neither the counter's protocol (the provider's) nor the
 * pages. All of it is our design [D]. State is in the ephemeral store; who asked and who answered ride as one event in
 * the account's outbox. Control leaves by a value or an AppError with a code.
 */
import { randomInt } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { SignedIn } from '../account.ts';
import { assuranceOf } from '../evidence.ts';
import { usePasskey } from '../passkey-sign-in.ts';
import type { PublicKeyCredentialRequestOptionsJSON } from '../passkey-types.ts';
import type { Work } from '../ports.ts';
import { checkActive, reachedBy } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { putRequest, takeRequest, waitingRequests } from './records.ts';
import {
  type CounterRequest,
  counterRequestTtlSeconds,
  matchCodeTtlSeconds,
  readMatchCode,
} from './request.ts';

/** A question as its person names it. */
export interface OwnRequest {
  accountId: string;
  requestId: string;
}

export type AskedAtCounter = Omit<CounterRequest, 'requestId' | 'askedAt' | 'expiresAt'>;

/** What can be asked of it: the first three for a counter, the rest by the person. */
export interface CounterSignIn {
  /** Finds whose match code it is, once; null when it is nobody's, was used or is over two minutes old. */
  takeMatchCode(code: string): Promise<string | null>;
  /** Lets a question wait for a person; false when too many wait already. */
  askAtCounter(accountId: string, asked: AskedAtCounter): Promise<boolean>;
  /** Makes the code by which a clerk finds the person. */
  makeMatchCode(accountId: string): Promise<{ code: string; ttlSeconds: number }>;
  listCounterRequests(accountId: string): Promise<CounterRequest[]>;
  /** Finds one. Throws clerk-request-over. */
  findCounterRequest(own: OwnRequest): Promise<CounterRequest>;
  beginCounterApproval(own: OwnRequest): Promise<PublicKeyCredentialRequestOptionsJSON>;
  approveAtCounter(own: OwnRequest & { response: unknown }): Promise<CounterRequest & SignedIn>;
  refuseAtCounter(own: OwnRequest & { why: 'refused' | 'not-me' }): Promise<CounterRequest>;
}

const matchKey = (code: string): string => `counter:match:${code}`;
const challengeName = ({ accountId, requestId }: OwnRequest): string => `counter:${requestId}:${accountId}`;

/** Opens it on what the domain works with. */
export const createCounterSignIn = (work: Work): CounterSignIn => ({
  takeMatchCode: async (text) => {
    const code = readMatchCode(text);
    return code === null ? null : work.ephemeral.take(matchKey(code));
  },
  askAtCounter: (accountId, asked) => ask(work, accountId, asked),
  makeMatchCode: (accountId) => makeMatchCode(work, accountId),
  listCounterRequests: async (accountId) =>
    (await waitingRequests(work, accountId)).map(({ request }) => request),
  findCounterRequest: async (own) => (await find(work, own)).request,
  async beginCounterApproval(own) {
    await find(work, own);
    return work.ceremonies.beginSignIn({ challengeName: challengeName(own) });
  },
  approveAtCounter: (own) => approve(work, own),
  refuseAtCounter: (own) => refuse(work, own),
});

const makeMatchCode = async ({ ephemeral }: Work, accountId: string) => {
  const ttlSeconds = matchCodeTtlSeconds;
  for (;;) {
    const code = String(randomInt(10 ** 8)).padStart(8, '0');
    if (await ephemeral.add(matchKey(code), accountId, { ttlSeconds })) return { code, ttlSeconds };
  }
};

const ask = (work: Work, accountId: string, asked: AskedAtCounter): Promise<boolean> => {
  const askedAt = work.clock.now();
  const expiresAt = new Date(askedAt.getTime() + counterRequestTtlSeconds * 1000);
  return putRequest(work, accountId, { ...asked, requestId: newId(), askedAt, expiresAt });
};

const find = async (work: Work, { accountId, requestId }: OwnRequest) => {
  const found = (await waitingRequests(work, accountId)).find(
    ({ request }) => request.requestId === requestId,
  );
  if (found === undefined) throw new AppError('clerk-request-over');
  return found;
};

/**
 * Approves by a passkey of the person's own, its proof made for this question. Throws clerk-request-over,
 * clerk-request-unproven, passkey-challenge-expired, passkey-refused, account-not-active.
 */
const approve = async (
  work: Work,
  own: OwnRequest & { response: unknown },
): Promise<CounterRequest & SignedIn> => {
  const { accountId } = own;
  const { key, request } = await find(work, own);
  if (own.response === null) throw new AppError('clerk-request-unproven');
  const { amr, account } = await usePasskey(work, {
    challengeName: challengeName(own),
    response: own.response,
    only: accountId,
    event: (id) => newEvent(work.clock, 'passkey.used', id, { act: 'counter' }),
  });
  await settle(work, { accountId, key, request, outcome: 'approved' });
  const assurance = reachedBy(amr, assuranceOf(account, work.clock.now()));
  return { ...request, accountId, amr, assurance };
};

/** Throws clerk-request-over, account-not-active. */
const refuse = async (
  work: Work,
  own: OwnRequest & { why: 'refused' | 'not-me' },
): Promise<CounterRequest> => {
  const { key, request } = await find(work, own);
  await settle(work, { accountId: own.accountId, key, request, outcome: own.why });
  return request;
};

/** The event names both, and stands before the answer goes out. */
const settle = async (
  work: Work,
  answered: { accountId: string; key: string; request: CounterRequest; outcome: string },
): Promise<void> => {
  const { accountId, key, request, outcome } = answered;
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  if (!(await takeRequest(work, key, request))) throw new AppError('clerk-request-over');
  const { clientId, clerkId, requestId } = request;
  const event = newEvent(work.clock, `counter.${outcome}`, accountId, { clientId, clerkId, requestId });
  await writeEvent(work, account, event);
};
