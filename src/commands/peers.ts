import { parseArgs } from 'node:util';
import { AppError } from '../base/error.ts';
import { type PublicEcJwk, speakThumbprint, thumbprintOf } from '../crypto/index.ts';
import type { House } from '../house.ts';
import { isVouchedOnly } from '../recognition/index.ts';
import { printFromHouse, withHouse } from './with-house.ts';
import { joinDigests } from './words.ts';

/** What the acts here work with. */
export type PeerHouse = Pick<House, 'recognition' | 'peerLink' | 'crypto'>;

const usages = {
  add: 'peers add URL --thumbprint THUMBPRINT --as OFFICER',
  confirm: 'peers confirm URL --thumbprint THUMBPRINT --as OFFICER',
  block: 'peers block URL --as OFFICER',
};

/** Reads an address and the named words after it. Throws an Error that says how the command is used. */
function read(act: keyof typeof usages, words: readonly string[]) {
  const usage = new Error(`usage: yihao ${usages[act]}`);
  try {
    const options = { thumbprint: { type: 'string' }, as: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: joinDigests(words), options, allowPositionals: true });
    const [url, more] = positionals;
    const { as, thumbprint } = values;
    if (url === undefined || more !== undefined || as === undefined) throw usage;
    if (act !== 'block' && thumbprint === undefined) throw usage;
    return { entityId: url.replace(/\/$/, ''), thumbprint: thumbprint ?? '', actor: `command-line:${as}` };
  } catch {
    throw usage;
  }
}

/**
 * Registers a region by asking its server, if its agreement key is the one the officer was told another way; that counts
 * as the first of the two comparisons. Throws peer-thumbprint-differs, peer-changed, region-unreachable, peer-answer-invalid.
 */
export async function addPeer(
  { recognition, peerLink }: PeerHouse,
  words: readonly string[],
): Promise<string[]> {
  const { entityId, thumbprint: told, actor } = read('add', words);
  const said = await peerLink.describeRegion(entityId);
  if (said.entityId !== entityId)
    throw new Error(`${entityId} calls itself ${said.entityId}: use that address`);
  const thumbprint = matching(said.agreementKey, told);
  await recognition.addPeer({ ...said, actor });
  await recognition.comparePeer({ entityId, thumbprint, actor });
  return [
    `registered ${said.name} ${said.regionCode}; a second officer has to compare its key: yihao peers confirm ${entityId}`,
  ];
}

/** Notes that a second officer has compared the key. Throws as comparePeer does. */
export async function confirmPeer({ recognition }: PeerHouse, words: readonly string[]): Promise<string[]> {
  const { entityId, thumbprint: told, actor } = read('confirm', words);
  const [key] = (await recognition.findPeer(entityId))?.keys ?? [];
  if (key === undefined) throw new AppError('peer-not-trusted');
  const state = await recognition.comparePeer({ entityId, thumbprint: matching(key, told), actor });
  return [`${state} ${entityId}`];
}

/** Stops trusting a region; nothing of it is taken any more. Throws peer-not-trusted. */
export async function blockPeer({ recognition }: PeerHouse, words: readonly string[]): Promise<string[]> {
  const { entityId, actor } = read('block', words);
  await recognition.blockPeer({ entityId, actor });
  return [`blocked ${entityId}`];
}

/** Lists this region as others have to compare it, and the regions that are registered with how it goes with each. */
export async function listPeers({ recognition, peerLink, crypto }: PeerHouse): Promise<string[]> {
  const [{ current }, peers, links] = await Promise.all([
    crypto.agreementKeys.load(),
    recognition.listPeers(),
    peerLink.listLinks(),
  ]);
  const lines = peers.flatMap((peer) => {
    const { _id, state, name, regionCode, comparedBy, keys, vouchedBy } = peer;
    const link = links.find((one) => one._id === _id);
    const health = link?.lastFault ?? (link?.beatAt ? `heard ${link.beatAt.toISOString()}` : 'not heard yet');
    const isWaiting = state === 'waiting' || isVouchedOnly(peer);
    const vouched = isVouchedOnly(peer) ? ` by the word of ${vouchedBy}` : '';
    const compared = isWaiting ? `${vouched} (${comparedBy.length} of 2 compared)` : '';
    return [
      `${state}${compared} ${regionCode} ${name} ${_id}  ${health}`,
      ...keys.slice(0, 1).map(lineOfKey),
    ];
  });
  return ['this region', lineOfKey(current), ...lines];
}

/** The same key in its three spellings: as it is typed, as it is read from paper, as it is spoken. */
const lineOfKey = (key: PublicEcJwk): string => {
  const thumbprint = thumbprintOf(key);
  const { groups, words } = speakThumbprint(thumbprint);
  const spoken = words.map((group) => group.join(' ')).join(', ');
  return `    key ${thumbprint}\n        ${groups.join(' ')}\n        ${spoken}`;
};

/** Takes the thumbprint of a key if it is the one given, whole or as the eight groups. Throws peer-thumbprint-differs. */
const matching = (key: PublicEcJwk, given: string): string => {
  const thumbprint = thumbprintOf(key);
  const groups = speakThumbprint(thumbprint).groups.join('');
  if (given !== thumbprint && given.replace(/[\s-]/g, '').toUpperCase() !== groups)
    throw new AppError('peer-thumbprint-differs');
  return thumbprint;
};

const acts = { list: listPeers, add: addPeer, confirm: confirmPeer, block: blockPeer };

/** Does one of the acts on the configured storage, and prints what it has to say. */
export const runPeers = (name: keyof typeof acts, words: readonly string[]): Promise<void> =>
  printFromHouse((house) => acts[name](house, words));

/** Checks a region, one line each, and says in words what is wrong; returns whether all is well. */
export async function doctorPeer([url, ...more]: readonly string[]): Promise<boolean> {
  if (url === undefined || more.length > 0) throw new Error('usage: yihao doctor peer URL');
  const findings = await withHouse(({ peerLink }) => peerLink.checkPeer(url.replace(/\/$/, '')));
  for (const { about, isWell, words } of findings)
    console.log(`${isWell ? 'ok   ' : 'WRONG'} ${about}: ${words}`);
  return findings.every(({ isWell }) => isWell);
}
