import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import { providerPaths } from '../../oidc/index.ts';

/** The endpoints at which failures are ordered, by path. */
const endpointOfPath: Record<string, Endpoint> = {
  '/.well-known/openid-configuration': 'discovery',
  '/.well-known/oauth-authorization-server': 'discovery',
  [providerPaths.jwks]: 'jwks',
  [providerPaths.pushed_authorization_request]: 'par',
  [providerPaths.authorization]: 'authorize',
  [providerPaths.token]: 'token',
  [providerPaths.userinfo]: 'userinfo',
  [providerPaths.introspection]: 'introspection',
  [providerPaths.revocation]: 'revocation',
};

const endpoints = [
  'discovery',
  'jwks',
  'par',
  'authorize',
  'token',
  'userinfo',
  'introspection',
  'revocation',
] as const;
export type Endpoint = (typeof endpoints)[number];

/** Names the endpoint a path is of; null for any other path. */
export const endpointOf = (path: string): Endpoint | null => endpointOfPath[path] ?? null;

/** Where each failure can be ordered. */
const placesOf = {
  status: endpoints,
  delay: endpoints,
  drop: endpoints,
  error: ['par', 'authorize', 'token', 'userinfo', 'introspection', 'revocation'],
  'bad-signature': ['token'],
  'unknown-kid': ['token'],
  expired: ['token'],
  'wrong-nonce': ['token'],
  'wrong-aud': ['token'],
  'wrong-iss': ['token', 'authorize'],
  'wrong-state': ['authorize'],
} as const satisfies Record<string, readonly Endpoint[]>;
export type Fault = keyof typeof placesOf;

/** Where in a request a failure happens: before the provider has it, in a step of the sign-in, or to the answer. */
export type Moment = 'before' | 'step' | 'after';

/** A failure that somebody ordered. */
export interface Order {
  endpoint: Endpoint;
  fault: Fault;
  /** Of `status` the HTTP status, of `delay` the milliseconds, of `error` the OAuth error. */
  value: string | number;
  /** How often it is still to happen. */
  times: number;
  /** Only to this client. */
  clientId?: string;
  /** Only to whom this authorization code was given. */
  code?: string;
}

/** Tells when an order is due. */
export const momentOf = ({ endpoint, fault }: Pick<Order, 'endpoint' | 'fault'>): Moment => {
  if (endpoint === 'authorize' && fault === 'error') return 'step';
  return ['status', 'delay', 'drop', 'error'].includes(fault) ? 'before' : 'after';
};

const oauthErrors: Partial<Record<Endpoint, string>> = {
  authorize: 'access_denied',
  token: 'invalid_grant',
  userinfo: 'invalid_token',
};

const value = {
  status: z.coerce.number().int().min(400).max(599).default(503),
  delay: z.coerce.number().int().min(1).max(60_000).default(5000),
  error: z.string().regex(/^[a-z_]{3,60}$/),
};

const orderForm = z.strictObject({
  endpoint: z.enum(endpoints),
  fault: z.enum(Object.keys(placesOf) as [Fault, ...Fault[]]),
  value: z.union([z.string(), z.number()]).optional(),
  times: z.int().min(1).max(1_000_000).default(1),
  clientId: z.string().min(1).max(64).optional(),
});

const malformed = (reason: string): AppError => new AppError('simulator-order-malformed', { reason });

const readValue = ({ endpoint, fault, value: given }: z.output<typeof orderForm>): string | number => {
  if (fault !== 'status' && fault !== 'delay' && fault !== 'error') {
    if (given === undefined) return '';
    throw malformed(`value: ${fault} has none`);
  }
  const wanted = given ?? (fault === 'error' ? (oauthErrors[endpoint] ?? 'invalid_request') : undefined);
  const read = value[fault].safeParse(wanted);
  if (!read.success) throw malformed(`value: ${read.error.issues[0]?.message}`);
  return read.data;
};

/** Reads an order, as it stands in a body. Throws simulator-order-malformed. */
export function readOrder(body: unknown): Order {
  const read = orderForm.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw malformed(`${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { endpoint, fault, times, clientId } = read.data;
  const places: readonly Endpoint[] = placesOf[fault];
  if (!places.includes(endpoint)) throw malformed(`endpoint: ${fault} happens at ${places.join(', ')}`);
  return {
    endpoint,
    fault,
    value: readValue(read.data),
    times,
    ...(clientId === undefined ? {} : { clientId }),
  };
}

/** Reads an order in a word, `endpoint:fault[:value]`, as it stands in a login_hint. Throws simulator-order-malformed. */
export const readOrderWord = (word: string): Order => {
  const [endpoint, fault, given] = word.split(':');
  return readOrder({ endpoint, fault, ...(given === undefined ? {} : { value: given }) });
};
