/**
 * The counter's channel: a clerk asks, the person approves on their own pages (CIBA, poll and ping). Owns what a
 * counter's request must say, by what a person may be named, and how an answer gets back to the counter (pings.ts tells
 * it). It does not own match codes nor what waits for a person (identity does), nor the pages. A number that nobody here
 * has is answered as any other: the request waits and is over; what differs is that nobody answers. Measured with
 * oidc-provider 9.13.3 [M]. Control leaves by the provider's answer, or to who answers for the person.
 */
import { type Configuration, errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { AppError } from '../../base/error.ts';
import type { CounterPings } from './pings.ts';

type Feature = NonNullable<NonNullable<Configuration['features']>['ciba']>;

/** What a counter tells of its question beside what the protocol has. */
export const counterParameters = ['clerk_id'];

/** Who can be asked, as identity has it. */
export interface CounterPeople {
  takeMatchCode(code: string): Promise<string | null>;
  /** Finds who has a number and may sign in; null when nobody has. */
  findByNumber(number: string): Promise<string | null>;
  /** Names a number that nobody has, always alike, so that nobody can read it back. */
  hideNumber(number: string): string;
  askAtCounter(
    accountId: string,
    asked: {
      clientId: string;
      clerkId: string;
      purpose: string;
      bindingMessage: string;
      scope: string;
      answerTo: string;
    },
  ): Promise<boolean>;
}

/** Brings a person's answer back to the counter; both throw clerk-request-over. */
export interface CounterAnswers {
  approve(asked: {
    answerTo: string;
    accountId: string;
    scope: string;
    acr: string;
    amr: string[];
    authTime: number;
  }): Promise<void>;
  refuse(asked: { answerTo: string }): Promise<void>;
}

const nobody = 'nobody-';
const numberHint = 'id_number:';

/** Tells whether an account stands for a number that nobody here has. */
export const isNobody = (accountId: string): boolean => accountId.startsWith(nobody);

/** Returns the library's settings of backchannel authentication. */
export const counterFeature = (people: CounterPeople): Feature => ({
  enabled: true,
  deliveryModes: ['poll', 'ping'],
  processLoginHint: (ctx, hint) => personOf(ctx, people, hint ?? ''),
  processLoginHintToken: () => {
    throw new errors.InvalidRequest('name the person by login_hint');
  },
  verifyUserCode: () => undefined,
  validateBindingMessage: (_ctx, message) => checkText('binding_message', message, 2, 20),
  validateRequestContext: (ctx, context) => {
    checkText('request_context', context, 2, 60);
    if (!/^[\w.-]{1,32}$/.test(String(ctx.oidc.params?.['clerk_id'] ?? '')))
      throw new errors.InvalidRequest('clerk_id must have 1 to 32 letters, digits, dots and dashes');
  },
  triggerAuthenticationDevice: async (_ctx, request) => {
    const { accountId = '', jti, params = {}, scope = '' } = request;
    const isWaiting = await people.askAtCounter(accountId, {
      clientId: request.clientId ?? '',
      clerkId: String(params['clerk_id']),
      purpose: String(params['request_context']),
      bindingMessage: String(params['binding_message']),
      scope,
      answerTo: jti,
    });
    if (isWaiting) return;
    await request.destroy();
    throw new errors.AccessDenied('too many requests wait for this person: try again in some minutes');
  },
});

const checkText = (name: string, text: unknown, least: number, most: number): void => {
  const isGood =
    typeof text === 'string' && text.length >= least && text.length <= most && !/\p{C}/u.test(text);
  if (!isGood) throw new errors.InvalidRequest(`${name} must have ${least} to ${most} characters`);
};

/** What named the person is not kept: the request lies in a store until it is answered. */
const personOf = async (
  { oidc }: KoaContextWithOIDC,
  people: CounterPeople,
  hint: string,
): Promise<string | undefined> => {
  Object.assign(oidc.params ?? {}, { login_hint: undefined });
  if (!hint.startsWith(numberHint)) return (await people.takeMatchCode(hint)) ?? undefined;
  if (!oidc.trusted?.includes('login_hint'))
    throw new errors.InvalidRequest('an ID number is taken from a signed request object only');
  const number = hint.slice(numberHint.length);
  return (await people.findByNumber(number)) ?? `${nobody}${people.hideNumber(number)}`;
};

/** Makes what brings answers back, on the provider in use. */
export const createCounterAnswers = (
  provider: () => Provider,
  pings: Pick<CounterPings, 'prepare'>,
): CounterAnswers => ({
  async approve({ answerTo, accountId, scope, acr, amr, authTime }) {
    const request = await find(provider(), answerTo);
    const grant = new (provider().Grant)({ accountId, clientId: request.clientId ?? '' });
    grant.addOIDCScope(scope);
    await grant.save();
    await pings.prepare(request);
    await provider().backchannelResult(request, grant, { acr, amr, authTime });
  },
  async refuse({ answerTo }) {
    const request = await find(provider(), answerTo);
    await pings.prepare(request);
    await provider().backchannelResult(request, new errors.AccessDenied('the person did not agree'));
  },
});

const find = async ({ BackchannelAuthenticationRequest }: Provider, answerTo: string) => {
  const request = await BackchannelAuthenticationRequest.find(answerTo);
  if (request === undefined) throw new AppError('clerk-request-over');
  return request;
};
