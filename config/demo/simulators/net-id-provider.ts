import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { epochSeconds, systemClock } from '../../../src/base/clock.ts';
import { type DemoPerson, demoPeople } from '../people.ts';

/** The context classes the simulator knows: a face was checked, or a password was typed. */
export const netIdClasses = {
  face: 'urn:example:net-id:face',
  password: 'urn:example:net-id:password',
} as const;
export type NetIdClass = keyof typeof netIdClasses;

/** What can be ordered to go wrong, until it is ordered otherwise. */
export const netIdFaults = [
  'down',
  'slow',
  'wrong-nonce',
  'wrong-issuer',
  'wrong-answer-issuer',
  'wrong-audience',
  'wrong-key',
  'expired',
  'unsigned',
] as const;
export type NetIdFault = (typeof netIdFaults)[number];

/** Who can play: people of the demo, by their place. */
export const netIdPeople: readonly DemoPerson[] = demoPeople.slice(0, 5);

/** A request that waits for the person, or that a code was given for. */
export interface NetIdRequest {
  redirectUri: string;
  state: string;
  nonce: string;
  challenge: string;
  asksDigest: boolean;
}

interface Given extends NetIdRequest {
  person: DemoPerson;
  acr: string;
}

export interface NetIdClientRegistration {
  clientId: string;
  redirectUri: string;
  publicJwk: JWK;
}

type Form = Record<string, string>;

const tokenSeconds = 300;
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Stands in for the national net-ID service (网号网证) as an OpenID Provider: what the real one speaks is not public, so this
 * is our design [D]. It tells a subject that only this client knows, and, when asked, a digest by which the client can
 * compare the person with the one it knows, and learns nothing else.
 */
export class NetIdSimulator {
  fault: NetIdFault | null = null;
  readonly #codes = new Map<string, Given>();
  readonly #keys = { right: generateKeyPair('ES256'), wrong: generateKeyPair('ES256') };

  constructor(
    readonly issuer: string,
    readonly client: NetIdClientRegistration,
  ) {}

  metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      code_challenge_methods_supported: ['S256'],
      acr_values_supported: Object.values(netIdClasses),
      claims_parameter_supported: true,
      authorization_response_iss_parameter_supported: true,
    };
  }

  async keySet(): Promise<{ keys: JWK[] }> {
    const { publicKey } = await this.#keys.right;
    return { keys: [{ ...(await exportJWK(publicKey)), kid: 'net-id', alg: 'ES256', use: 'sig' }] };
  }

  /** Reads a request; null when it is none of the client's. */
  read(query: Form): NetIdRequest | null {
    const { client_id, redirect_uri, response_type, code_challenge_method } = query;
    const isOurs = client_id === this.client.clientId && redirect_uri === this.client.redirectUri;
    const { state = '', nonce = '', code_challenge: challenge = '', claims = '' } = query;
    if (!isOurs || response_type !== 'code' || code_challenge_method !== 'S256' || !state || !nonce)
      return null;
    const asksDigest = claims.includes('"yh_person_digest"');
    return { redirectUri: redirect_uri ?? '', state, nonce, challenge, asksDigest };
  }

  /** Answers a request with a code for a person, or with a refusal; returns where the browser goes. */
  answer(request: NetIdRequest, said: { person: number; as: NetIdClass } | null): string {
    const answer = new URLSearchParams({ state: request.state });
    answer.set('iss', this.fault === 'wrong-answer-issuer' ? 'https://other.example' : this.issuer);
    const person = said === null ? undefined : netIdPeople[said.person];
    if (said === null || person === undefined) answer.set('error', 'access_denied');
    else {
      const code = randomBytes(16).toString('hex');
      this.#codes.set(code, { ...request, person, acr: netIdClasses[said.as] });
      answer.set('code', code);
    }
    return `${request.redirectUri}?${answer}`;
  }

  /** Redeems a code, once; null when code, proof or verifier is not right. */
  async redeem(form: Form): Promise<object | null> {
    const { code = '', code_verifier = '', redirect_uri, client_assertion = '' } = form;
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    if (given === undefined || given.redirectUri !== redirect_uri) return null;
    if (digestOf(code_verifier) !== given.challenge || !(await this.#isClient(client_assertion))) return null;
    const id_token = await this.#tokenOf(given);
    return { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', expires_in: 60, id_token };
  }

  async #isClient(assertion: string): Promise<boolean> {
    const { clientId, publicJwk } = this.client;
    const audience = [this.issuer, `${this.issuer}/token`];
    try {
      await jwtVerify(assertion, publicJwk, { issuer: clientId, subject: clientId, audience });
      return true;
    } catch {
      return false;
    }
  }

  async #tokenOf({ person, nonce, acr, asksDigest }: Given): Promise<string> {
    const { fault } = this;
    const { number, name } = person;
    const claims = {
      nonce: fault === 'wrong-nonce' ? 'another' : nonce,
      acr,
      auth_time: epochSeconds(systemClock),
      ...(asksDigest ? { yh_person_digest: digestOf(`${nonce}\n${number}\n${name}`) } : {}),
    };
    const unsigned = new UnsecuredJWT(claims);
    const signed = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'net-id' });
    const token = fault === 'unsigned' ? unsigned : signed;
    token
      .setIssuer(fault === 'wrong-issuer' ? 'https://other.example' : this.issuer)
      .setAudience(fault === 'wrong-audience' ? 'another' : this.client.clientId)
      .setSubject(digestOf(`subject\n${this.client.clientId}\n${number}`))
      .setIssuedAt()
      .setExpirationTime(`${fault === 'expired' ? -tokenSeconds : tokenSeconds}s`);
    if (token === unsigned) return unsigned.encode();
    const { privateKey } = await (fault === 'wrong-key' ? this.#keys.wrong : this.#keys.right);
    return signed.sign(privateKey);
  }
}
