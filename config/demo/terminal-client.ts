import * as client from 'openid-client';
import QRCode from 'qrcode';
import { lazyConfiguration, type SiteClientOptions } from './site-discovery.ts';

/** What the screen of a self-service terminal (自助终端) shows. */
export type TerminalScreen =
  | { kind: 'idle' }
  | { kind: 'waiting'; userCode: string; address: string; qrImage: string }
  | { kind: 'greeted'; name: string }
  | { kind: 'ended'; why: 'refused' | 'expired' | 'failed' };

/** One terminal, which has one screen and one person before it. */
export interface Terminal {
  /** Asks Yihao for a new code. */
  start(): Promise<TerminalScreen>;
  /** Asks Yihao, once, whether the person has answered. */
  look(): Promise<TerminalScreen>;
  /** Gives back what was got, and is there for the next person. */
  leave(): Promise<void>;
}

type DPoP = client.DPoPHandle;
type Waiting = { deviceCode: string; dpop: DPoP; screen: TerminalScreen };

const grant = 'urn:ietf:params:oauth:grant-type:device_code';

const endings: Record<string, 'refused' | 'expired'> = { access_denied: 'refused', expired_token: 'expired' };

/** Reads a refusal; null while the person has not answered. */
const answerOf = (error: unknown): TerminalScreen | null => {
  const code = error instanceof client.ResponseBodyError ? error.error : '';
  if (code === 'authorization_pending' || code === 'slow_down') return null;
  return { kind: 'ended', why: endings[code] ?? 'failed' };
};

/** Makes a terminal's side of the device flow (RFC 8628): private_key_jwt, DPoP, one question a look. */
export function createTerminal(options: SiteClientOptions): Terminal {
  const configuration = lazyConfiguration(options);
  let waiting: Waiting | null = null;
  let accessToken: string | null = null;
  let screen: TerminalScreen = { kind: 'idle' };

  const begin = async (): Promise<Waiting> => {
    const config = await configuration();
    const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
    const answer = await client.initiateDeviceAuthorization(config, { scope: options.scope });
    const svg = await QRCode.toString(answer.verification_uri_complete ?? answer.verification_uri, {
      type: 'svg',
      margin: 2,
    });
    const qrImage = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    const { user_code: userCode, verification_uri: address } = answer;
    return {
      deviceCode: answer.device_code,
      dpop,
      screen: { kind: 'waiting', userCode, address, qrImage },
    };
  };

  const ask = async ({ deviceCode, dpop }: Waiting): Promise<TerminalScreen> => {
    const config = await configuration();
    const tokens = await client.genericGrantRequest(
      config,
      grant,
      { device_code: deviceCode },
      { DPoP: dpop },
    );
    const subject = tokens.claims()?.sub ?? client.skipSubjectCheck;
    const info = await client.fetchUserInfo(config, tokens.access_token, subject, { DPoP: dpop });
    accessToken = tokens.access_token;
    return { kind: 'greeted', name: info.name ?? '' };
  };

  return {
    async start() {
      try {
        waiting = await begin();
        screen = waiting.screen;
      } catch {
        screen = { kind: 'ended', why: 'failed' };
      }
      return screen;
    },
    async look() {
      const mine = waiting;
      if (mine === null) return screen;
      const answer = await ask(mine).catch(answerOf);
      // Another look may have come first, or the person left.
      if (answer === null || waiting !== mine) return screen;
      [waiting, screen] = [null, answer];
      return screen;
    },
    async leave() {
      const token = accessToken;
      [waiting, accessToken, screen] = [null, null, { kind: 'idle' }];
      if (token !== null) await client.tokenRevocation(await configuration(), token);
    },
  };
}
