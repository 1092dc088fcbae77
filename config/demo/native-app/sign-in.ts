/**
 * A sample of an app on the person's own device (RFC 8252): it opens the person's browser, waits for the answer on a port
 * of this machine that was free, and redeems the code by PKCE with a key of this sign-in (DPoP). Nothing of it is kept.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';

export interface NativeAppOptions {
  issuer: string;
  clientId: string;
  /** Opens the person's own browser, never one inside the app. */
  openBrowser(address: URL): void;
  /** How long the app waits for the person. */
  timeoutSeconds?: number;
}

/** Whoever signed in, by this app's own name for them. */
export interface AppPerson {
  subject: string;
  name: string;
}

const usualTimeoutSeconds = 300;

const listen = async (): Promise<{ server: Server; redirectUri: string }> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback` };
};

/** Takes the first answer that carries this sign-in's state; any page of this machine's browser can call the port. */
const awaitAnswer = (
  server: Server,
  { redirectUri, state, timeoutSeconds }: { redirectUri: string; state: string; timeoutSeconds: number },
): Promise<URL> =>
  new Promise((resolve, reject) => {
    const tooLong = (): void => reject(new Error('nobody signed in in time; start again'));
    const timer = setTimeout(tooLong, timeoutSeconds * 1000);
    server.on('request', (request, response) => {
      const answer = new URL(request.url ?? '/', redirectUri);
      const isOurs = answer.pathname === '/callback' && answer.searchParams.get('state') === state;
      response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(
        isOurs ? '可以关闭本页，回到应用。 You can close this page and go back to the app.\n' : '',
      );
      if (!isOurs) return;
      clearTimeout(timer);
      resolve(answer);
    });
  });

/** Signs a person in and asks for their name. Throws what openid-client throws, and an Error when nobody comes in time. */
export async function signInByBrowser(options: NativeAppOptions): Promise<AppPerson> {
  const { issuer, clientId, openBrowser, timeoutSeconds = usualTimeoutSeconds } = options;
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  const metadata = { id_token_signed_response_alg: 'ES256' };
  const config = await client.discovery(new URL(issuer), clientId, metadata, client.None(), { execute });
  const { server, redirectUri } = await listen();
  try {
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid name',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      dpop_jkt: await DPoP.calculateThumbprint(),
    });
    openBrowser(address);
    const answer = await awaitAnswer(server, { redirectUri, state, timeoutSeconds });
    const checks = { pkceCodeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP });
    const subject = tokens.claims()?.sub ?? '';
    const info = await client.fetchUserInfo(config, tokens.access_token, subject, { DPoP });
    return { subject, name: info.name ?? '' };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
