/**
 * The systems of other authorities that make a person known: a gateway for messages, the population register, a face
 * check. Owns how they are asked over HTTP, a protocol of this project's design that a real system is adapted to; owns no
 * rule of what an answer is worth. Control leaves by the answer, or by an AppError that says the system does not answer.
 */
import { AppError } from '../../base/error.ts';
import { type CallDeps, createAsk, type SystemAddress } from './call.ts';

/** Sends messages to telephones (短信网关). */
export interface SmsGateway {
  /** Sends one message; the same id twice is one message. Throws sms-unavailable. */
  send(message: { id: string; phone: string; text: string }): Promise<void>;
}

/** Tells whether a name and a number belong together (人口库). */
export interface PopulationRegister {
  /** Asks for one pair; `reference` is the register's own name of the answer. Throws population-unavailable. */
  match(pair: { id: string; name: string; number: string }): Promise<{ matches: boolean; reference: string }>;
}

/** Compares a living face with the photo the authority holds (人脸核验), on the authority's own page. */
export interface FaceCheck {
  /** Opens a session for a person; the browser goes to `address` and comes back to `returnTo`. Throws face-unavailable. */
  begin(person: {
    id: string;
    name: string;
    number: string;
    returnTo: string;
  }): Promise<{ session: string; address: string }>;
  /** Asks what came of a session; no face leaves the authority. Throws face-unavailable. */
  outcome(session: string): Promise<{ state: 'passed' | 'failed' | 'open'; reference: string }>;
}

/** The systems this instance has; null: that way is not offered. */
export interface Authorities {
  smsGateway: SmsGateway | null;
  population: PopulationRegister | null;
  faceCheck: FaceCheck | null;
}

/** Where they are; null: there is none. */
export type AuthorityAddresses = { readonly [K in keyof Authorities]: Readonly<SystemAddress> | null };

const usualTimeoutMilliseconds = 5000;

/** Makes the ways to ask the systems that have an address. */
export function createAuthorities(
  addresses: AuthorityAddresses,
  { fetch = globalThis.fetch, timeoutMilliseconds = usualTimeoutMilliseconds }: Partial<CallDeps> = {},
): Authorities {
  const deps = { fetch, timeoutMilliseconds };
  const { smsGateway, population, faceCheck } = addresses;
  return {
    smsGateway: smsGateway && createSmsGateway(smsGateway, deps),
    population: population && createPopulationRegister(population, deps),
    faceCheck: faceCheck && createFaceCheck(faceCheck, deps),
  };
}

const createSmsGateway = (at: SystemAddress, deps: CallDeps): SmsGateway => {
  const ask = createAsk(at, 'sms-unavailable', deps);
  return {
    send: async ({ id, phone, text }) => {
      const { accepted } = await ask({
        method: 'POST',
        path: '/messages',
        body: { id, phone, text },
        idempotencyKey: id,
      });
      if (accepted !== true) throw new AppError('sms-unavailable');
    },
  };
};

const createPopulationRegister = (at: SystemAddress, deps: CallDeps): PopulationRegister => {
  const ask = createAsk(at, 'population-unavailable', deps);
  return {
    match: async ({ id, name, number }) => {
      const body = { id, name, number };
      const answer = await ask({ method: 'POST', path: '/matches', body, idempotencyKey: id });
      const { matches, reference } = answer;
      if (typeof matches !== 'boolean' || typeof reference !== 'string')
        throw new AppError('population-unavailable');
      return { matches, reference };
    },
  };
};

const createFaceCheck = (at: SystemAddress, deps: CallDeps): FaceCheck => {
  const ask = createAsk(at, 'face-unavailable', deps);
  return {
    begin: async ({ id, name, number, returnTo }) => {
      const body = { id, name, number, returnTo };
      const answer = await ask({ method: 'POST', path: '/sessions', body, idempotencyKey: id });
      const { session, address } = answer;
      const isGood = typeof session === 'string' && typeof address === 'string' && URL.canParse(address);
      if (!isGood || new URL(address).origin !== at.url) throw new AppError('face-unavailable');
      return { session, address };
    },
    outcome: async (session) => {
      const path = `/sessions/${encodeURIComponent(session)}`;
      const { state, reference } = await ask({ method: 'GET', path, idempotencyKey: session });
      const isKnown = state === 'passed' || state === 'failed' || state === 'open';
      if (!isKnown || typeof reference !== 'string') throw new AppError('face-unavailable');
      return { state, reference };
    },
  };
};
