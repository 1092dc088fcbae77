import { AppError } from '../../base/error.ts';
import { publicEcPart, thumbprintOf } from '../../crypto/index.ts';
import type { PeerRecord } from '../peer/peer.ts';
import type { CallAnswer, PeerCall } from './call.ts';
import { beat } from './deliver.ts';
import { fetchKeySet } from './keys.ts';
import type { LinkWork } from './ports.ts';
import { type RegionDescription, regionShape } from './shapes.ts';

/** Where every region says in the clear who it is. */
export const regionPath = '/.well-known/yihao-region';

/** One thing that was looked at, and what was found, in words for an operator. */
export interface Finding {
  about: string;
  isWell: boolean;
  words: string;
}

/** Asks a server who it is; nothing of it is believed yet. Throws as a call does, and peer-answer-invalid. */
export async function describeRegion(call: PeerCall, url: string): Promise<RegionDescription> {
  return readDescription(await call(`${url}${regionPath}`));
}

const readDescription = ({ status, body }: CallAnswer): RegionDescription => {
  const parsed = status === 200 ? regionShape.safeParse(jsonOf(body)) : null;
  if (!parsed?.success) throw new AppError('peer-answer-invalid', { fault: 'description' });
  return { ...parsed.data, agreementKey: publicEcPart(parsed.data.agreementKey) };
};

/**
 * Checks a peer from its registration to its heartbeat and says in words what is wrong; what cannot be looked at because of
 * what was found before is left out. A heartbeat is sent, so what both sides hold may also have changed by it.
 */
export async function checkPeer(work: LinkWork, url: string): Promise<Finding[]> {
  const peer = await work.recognition.findPeer(url);
  const registration = registrationOf(peer);
  const reached = await reach(work, url);
  if (reached.answer === null) return [registration, ...reached.findings];
  const said = await attempt('metadata', async () => metadataOf(readDescription(reached.answer), url, peer));
  const time = clockOf(work, reached.answer);
  const found = [registration, ...reached.findings, said, time];
  if (!registration.isWell || !time.isWell) return found;
  const keys = await attempt('keys', async () => {
    await fetchKeySet(work, url);
    return 'the operational keys are signed by the agreement key that was compared';
  });
  if (!keys.isWell) return [...found, keys];
  const heartbeat = await attempt('heartbeat', async () => {
    await beat(work, url);
    return 'a signed heartbeat was answered';
  });
  return [...found, keys, heartbeat];
}

const registrationOf = (peer: PeerRecord | null): Finding => {
  const words = {
    none: 'it is not registered here: yihao peers add',
    waiting: `two officers have to compare its key, ${peer?.comparedBy.length ?? 0} did: yihao peers confirm`,
    blocked: 'it is blocked here, and nothing of it is taken',
    confirmed: `it is registered as ${peer?.name} ${peer?.regionCode}, and its key was compared`,
  };
  const state = peer?.state ?? 'none';
  return { about: 'registration', isWell: state === 'confirmed', words: words[state] };
};

async function reach(
  { call }: LinkWork,
  url: string,
): Promise<{ answer: CallAnswer; findings: Finding[] } | { answer: null; findings: Finding[] }> {
  const isSecret = url.startsWith('https:');
  const secrecy = isSecret
    ? 'TLS, with a certificate this machine trusts'
    : 'without TLS: right for a trial on one machine only';
  try {
    const answer = await call(`${url}${regionPath}`);
    return { answer, findings: [{ about: 'reachable', isWell: true, words: secrecy }] };
  } catch (error) {
    return { answer: null, findings: [{ about: 'reachable', isWell: false, words: wordsOf(error) }] };
  }
}

const metadataOf = (said: RegionDescription, url: string, peer: PeerRecord | null): string => {
  if (said.entityId !== url)
    throw new Error(`it calls itself ${said.entityId}: use that address, or mend it there`);
  if (peer !== null && (said.regionCode !== peer.regionCode || said.regionPrefix !== peer.regionPrefix))
    throw new Error(`it calls itself region ${said.regionCode} and is registered as ${peer.regionCode}`);
  if (peer !== null && !peer.keys.some((key) => thumbprintOf(key) === thumbprintOf(said.agreementKey)))
    throw new Error('its agreement key is not the one that was compared: call them before anything else');
  return `${said.name} ${said.regionCode}, agreement key ${thumbprintOf(said.agreementKey)}`;
};

const mostApartSeconds = 30;

const clockOf = ({ clock }: LinkWork, { date }: CallAnswer): Finding => {
  const about = 'clock';
  if (date === null) return { about, isWell: false, words: 'it does not say what time it has' };
  const apart = Math.round((date.getTime() - clock.now().getTime()) / 1000);
  const isWell = Math.abs(apart) <= mostApartSeconds;
  const side = apart < 0 ? 'behind' : 'ahead of';
  const advice = isWell ? '' : ': messages are refused when clocks are a minute apart; set both by NTP';
  return { about, isWell, words: `its clock is ${Math.abs(apart)} s ${side} the one here${advice}` };
};

async function attempt(about: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { about, isWell: true, words: await look() };
  } catch (error) {
    return { about, isWell: false, words: wordsOf(error) };
  }
}

/** What the codes of calls mean to who can mend it, by code; of what the system said, the code. */
const advice: Record<string, string> = {
  ENOTFOUND: 'its name does not resolve: check the address and the name servers',
  ECONNREFUSED: 'nothing listens at its address: is it started, is the port right?',
  AddressRefused:
    'its name leads to a private address: name the host in YIHAO_PRIVATE_SITE_HOSTS if that is meant',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is signed by nobody this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate is signed by nobody this machine trusts',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name',
  'region-timeout': 'it did not answer within 3 s',
  'agreement-signature-invalid': 'its keys are not signed by the agreement key that was compared',
  untrusted_issuer: 'it has not registered this region, or its officers have not compared our key',
  invalid_signature: 'it does not take our signature: have it check this region',
  message_late: 'its clock and the one here are more than a minute apart',
};

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { code, name } = (error.cause ?? {}) as { code?: unknown; name?: unknown };
  const said = error instanceof AppError ? [error.values['code'], code, name, error.code] : [];
  const known = said.map((word) => advice[String(word)]).find((words) => words !== undefined);
  return known ?? (typeof code === 'string' ? `${error.message} (${code})` : error.message);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
