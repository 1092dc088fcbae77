import { importJWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import type { DemoTerminal } from './terminal-routes.ts';

/** What the clerk's screen shows of one question. */
export type ClerkScreen =
  | { kind: 'idle'; problem: 'nobody-found' | 'not-asked' | null }
  | { kind: 'waiting'; binding: string }
  | { kind: 'confirmed'; name: string }
  | { kind: 'ended'; why: 'refused' | 'expired' | 'failed' };

/** One clerk's place, with one person before it. */
export interface Clerk {
  /** Asks the person whom a match code (8 digits) or the number on a card names. */
  ask(who: string): Promise<void>;
  /** Says how things stand; it asks Yihao, once, where it was told by ping, does not wait for one, or is bidden to. */
  look(asksNow?: boolean): Promise<ClerkScreen>;
  /** Waits for the person no more; the question itself lapses. */
  leave(): void;
  /** Takes a ping; false when it is not of the question that waits. */
  hear(ping: { token: string; authReqId: string }): boolean;
}

const grant = 'urn:openid:params:grant-type:ciba';
const words = ['蓝鲸', '白鹭', '青松', '红枫', '银杏', '翠竹'];

const endings: Record<string, 'refused' | 'expired'> = { access_denied: 'refused', expired_token: 'expired' };

/** Reads a refusal; null while the person has not answered. */
const answerOf = (error: unknown): ClerkScreen | null => {
  const code = error instanceof client.ResponseBodyError ? error.error : '';
  if (code === 'authorization_pending' || code === 'slow_down') return null;
  return { kind: 'ended', why: endings[code] ?? 'failed' };
};

/** Two words that a person can compare at a glance. */
const newBinding = (): string => {
  const [first = 0, second = 0] = crypto.getRandomValues(new Uint8Array(2));
  return `${words[first % words.length]} ${10 + (second % 90)}`;
};

export interface ClerkOptions {
  issuer: string;
  clerkId: string;
  purpose: string;
  /** Whether Yihao tells when the person has answered; otherwise it is asked again and again. */
  isPinged?: boolean;
}

/** Makes a clerk's side of CIBA: what names a person goes in a signed request object, always. */
export function createClerk(
  { clientId, privateJwk }: DemoTerminal,
  { issuer, clerkId, purpose, isPinged = false }: ClerkOptions,
): Clerk {
  const { kid = '' } = privateJwk;
  const keyOf = async (): Promise<CryptoKey> => {
    const key = await importJWK(privateJwk, 'ES256');
    if (key instanceof Uint8Array) throw new Error('the key of a counter must be a key pair');
    return key;
  };
  const configure = async (): Promise<client.Configuration> =>
    client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      client.PrivateKeyJwt({ key: await keyOf(), kid }),
      {
        // The demo runs on http://localhost; a counter in earnest never allows this.
        execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
      },
    );
  const begin = async (who: string, binding: string, pingToken: string) => {
    const digits = who.replace(/\s/g, '');
    const request = await new SignJWT({
      scope: 'openid name',
      login_hint: digits.length === 8 ? digits : `id_number:${digits.toUpperCase()}`,
      binding_message: binding,
      request_context: purpose,
      clerk_id: clerkId,
      ...(isPinged ? { client_notification_token: pingToken } : {}),
    })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(clientId)
      .setAudience(issuer)
      .setIssuedAt()
      .setExpirationTime('60 seconds')
      .sign(await keyOf());
    return client.initiateBackchannelAuthentication(await configure(), { request });
  };
  let asked: { authReqId: string; pingToken: string; isReady: boolean } | null = null;
  let screen: ClerkScreen = { kind: 'idle', problem: null };

  const redeem = async (authReqId: string): Promise<ClerkScreen> => {
    const config = await configure();
    const tokens = await client.genericGrantRequest(config, grant, { auth_req_id: authReqId });
    const subject = tokens.claims()?.sub ?? client.skipSubjectCheck;
    const info = await client.fetchUserInfo(config, tokens.access_token, subject);
    return { kind: 'confirmed', name: info.name ?? '' };
  };

  return {
    async ask(who) {
      const [binding, pingToken] = [newBinding(), client.randomState()];
      try {
        const { auth_req_id: authReqId } = await begin(who, binding, pingToken);
        asked = { authReqId, pingToken, isReady: !isPinged };
        screen = { kind: 'waiting', binding };
      } catch (error) {
        const isUnknown = error instanceof client.ResponseBodyError && error.error === 'unknown_user_id';
        [asked, screen] = [null, { kind: 'idle', problem: isUnknown ? 'nobody-found' : 'not-asked' }];
      }
    },
    async look(asksNow = false) {
      const mine = asked;
      if (mine === null || !(mine.isReady || asksNow)) return screen;
      const answer = await redeem(mine.authReqId).catch(answerOf);
      if (answer === null || asked !== mine) return screen;
      [asked, screen] = [null, answer];
      return screen;
    },
    leave() {
      [asked, screen] = [null, { kind: 'idle', problem: null }];
    },
    hear({ token, authReqId }) {
      if (asked === null || asked.authReqId !== authReqId || asked.pingToken !== token) return false;
      asked.isReady = true;
      return true;
    },
  };
}
