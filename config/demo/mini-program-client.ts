import * as client from 'openid-client';
import { lazyConfiguration, type SiteClientOptions } from './site-discovery.ts';

/** Who came through the mini-program, and how surely. */
export interface MiniProgramPerson {
  name: string;
  level: string;
}

/** The mini-program's side: its code for a ticket, the ticket to the sign-in page, the answer for a name. */
export interface MiniProgramClient {
  /** Turns a code of wx.login into the address to open in the web-view. Throws an Error with the sentence to show. */
  begin(wxCode: string): Promise<URL>;
  finish(answer: URL): Promise<MiniProgramPerson>;
  /** Links the platform's user with the account that a link code was made for. Throws an Error with the sentence to show. */
  bind(wxCode: string, linkCode: string): Promise<void>;
}

interface Attempt {
  pkceCodeVerifier: string;
  expectedNonce: string;
  DPoP: client.DPoPHandle;
}

const mostAttempts = 100;

const ask = async (address: string, fields: Record<string, string>): Promise<Record<string, unknown>> => {
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(String(answer['error_description']));
  return answer;
};

/** Makes the sample mini-program's client: PAR, PKCE, private_key_jwt, DPoP. */
export function createMiniProgramClient(options: SiteClientOptions): MiniProgramClient {
  const { issuer, origin, scope } = options;
  const configuration = lazyConfiguration(options);
  const attempts = new Map<string, Attempt>();
  return {
    async begin(code) {
      const { ticket } = await ask(`${issuer}/mini-program/sign-ins`, { code });
      const config = await configuration();
      const [state, expectedNonce] = [client.randomState(), client.randomNonce()];
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
      if (attempts.size >= mostAttempts) attempts.clear();
      attempts.set(state, { pkceCodeVerifier, expectedNonce, DPoP });
      const parameters = {
        redirect_uri: `${origin}/callback`,
        scope,
        state,
        nonce: expectedNonce,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        mini_program_ticket: String(ticket),
      };
      return client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    },
    async finish(answer) {
      const expectedState = answer.searchParams.get('state') ?? '';
      const attempt = attempts.get(expectedState);
      if (attempt === undefined) throw new Error('这次登录已过期，请回到小程序重新点登录。');
      attempts.delete(expectedState);
      const { DPoP, ...checks } = attempt;
      const config = await configuration();
      const all = { ...checks, expectedState, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(config, answer, all, undefined, { DPoP });
      const claims = tokens.claims();
      const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '', { DPoP });
      return { name: info.name ?? '', level: String(claims?.['acr'] ?? '') };
    },
    async bind(code, linkCode) {
      await ask(`${issuer}/mini-program/bindings`, { code, link_code: linkCode });
    },
  };
}
