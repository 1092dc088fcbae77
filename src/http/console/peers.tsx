import type { Context } from 'koa';
import {
  AddPeerPage,
  BlockPeerPage,
  ComparePeerPage,
  type PeerInput,
  peerInputs,
} from '../../../views/console/peer-forms.tsx';
import { type DrawnFingerprint, PeerPage, type PeerRow, PeersPage } from '../../../views/console/peers.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { type PublicEcJwk, publicEcPart, speakThumbprint, thumbprintOf } from '../../crypto/index.ts';
import { isVouchedOnly, type PeerRecord } from '../../recognition/index.ts';
import { mayAct } from '../../staff/index.ts';
import { isProvincePrefix, type RegionCode, regionPrefixOf } from '../../terms/region-code.ts';
import { pageContext } from '../context.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import { fingerprintOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Section } from './section.ts';

const listPath = '/console/peers';

/** Says what officers here know of a peer: the word of an operator is no comparison. */
const stateOf = (peer: PeerRecord): PeerRow['state'] =>
  peer.state === 'confirmed' && isVouchedOnly(peer) ? 'vouched' : peer.state;

const rowOf = (peer: PeerRecord): PeerRow => ({
  href: `${listPath}/${peer.regionCode}`,
  name: peer.name,
  region: peer.regionCode,
  state: stateOf(peer),
});

const drawnOf = async (key: PublicEcJwk): Promise<DrawnFingerprint> => {
  const thumbprint = thumbprintOf(key);
  const { qrText } = speakThumbprint(thumbprint);
  return { ...fingerprintOf(thumbprint), qr: await drawQr(qrText, 'M') };
};

/** Finds the region that the address names, and the key it is to be known by. Throws peer-missing. */
const readPeer = async (
  ctx: Context,
  { recognition }: ConsoleDeps,
): Promise<{ peer: PeerRecord; key: PublicEcJwk }> => {
  const peer = (await recognition.listPeers()).find(
    ({ regionCode }) => regionCode === parameter(ctx, 'region'),
  );
  const [key] = peer?.keys ?? [];
  if (peer === undefined || key === undefined) throw new AppError('peer-missing');
  return { peer, key };
};

/** Lists the other regions, under the fingerprint that they compare with us. */
const showPeers: ConsolePage = async (ctx, deps, { officer }) => {
  const [peers, { current }] = await Promise.all([
    deps.recognition.listPeers(),
    deps.crypto.agreementKeys.load(),
  ]);
  const own = await drawnOf(current);
  showPage(ctx, deps, (context) => (
    <PeersPage
      context={context}
      own={own}
      peers={peers.map(rowOf)}
      mayAdd={mayAct(officer, 'agreements.draft', deps.regionCode)}
    />
  ));
};

/** Shows one of them. */
const showPeer: ConsolePage = async (ctx, deps, { officer }) => {
  const { peer, key } = await readPeer(ctx, deps);
  const fingerprint = await drawnOf(key);
  const may = (act: 'agreements.sign' | 'agreements.suspend') => mayAct(officer, act, deps.regionCode);
  showPage(ctx, deps, (context) => (
    <PeerPage
      {...rowOf(peer)}
      {...{ context, fingerprint }}
      address={peer._id}
      comparedBy={peer.comparedBy.length}
      mayCompare={['waiting', 'vouched'].includes(stateOf(peer)) && may('agreements.sign')}
      mayBlock={peer.state !== 'blocked' && may('agreements.suspend')}
    />
  ));
};

const isAddress = (text: string, { settings }: ConsoleDeps): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, pathname } = new URL(text);
  const isWhole = text === origin || (text === `${origin}${pathname}` && !text.endsWith('/'));
  return isWhole && (protocol === 'https:' || (protocol === 'http:' && !settings.secureCookies));
};

const isCode = (text: string, { regionCode }: ConsoleDeps): boolean =>
  /^\d{6}$/.test(text) && isProvincePrefix(text.slice(0, 2)) && text !== regionCode;

/** Reads a public key as it was pasted; null when it is none. */
const keyIn = (text: string): PublicEcJwk | null => {
  const value = parseJson(text) as Partial<PublicEcJwk> | null;
  const { kty, crv, x, y } = value ?? {};
  const isPart = (part: unknown): part is string => typeof part === 'string' && /^[\w-]{43}$/.test(part);
  return kty === 'EC' && crv === 'P-256' && isPart(x) && isPart(y) ? publicEcPart({ x, y }) : null;
};

const typedPeer = (ctx: Context): Record<PeerInput, string> => {
  const read = (input: PeerInput): string => field(ctx, input).trim();
  return { address: read('address'), code: read('code'), name: read('name'), key: read('key') };
};

const drawAdd = (ctx: Context, deps: ConsoleDeps, csrf: string, errors: FieldError[] = []): void => {
  ctx.status = errors.length > 0 ? 400 : 200;
  showPage(ctx, deps, (context) => (
    <AddPeerPage context={context} csrf={csrf} draft={typedPeer(ctx)} errors={errors} />
  ));
};

/** Registers a region; nothing is taken from it before two officers have compared its key. */
const addPeer: ConsolePage = async (ctx, deps, { csrf, officerId }) => {
  const { address, code, name, key } = typedPeer(ctx);
  const agreementKey = keyIn(key);
  const isRight: Record<PeerInput, boolean> = {
    address: isAddress(address, deps),
    code: isCode(code, deps),
    name: name !== '' && [...name].length <= 100 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name),
    key: agreementKey !== null,
  };
  const { language } = pageContext(ctx, deps.settings);
  const { wrong } = textOf(language).recognition.peer;
  const errors = peerInputs
    .filter((input) => !isRight[input])
    .map((input) => ({ field: input, text: wrong[input] }));
  if (agreementKey === null || errors.length > 0) return drawAdd(ctx, deps, csrf, errors);
  const regionPrefix = regionPrefixOf(code as RegionCode);
  try {
    const peer = { entityId: address, regionCode: code, regionPrefix, name, agreementKey };
    await deps.recognition.addPeer({ ...peer, actor: officerId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'peer-changed') throw error;
    return drawAdd(ctx, deps, csrf, [{ field: 'code', text: error.text(language) }]);
  }
  seeOther(ctx, `${listPath}/${code}`);
};

const drawCompare = async (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf, officerId }: { csrf: string; officerId: string },
  refusal?: AppError,
): Promise<void> => {
  const { peer } = await readPeer(ctx, deps);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <ComparePeerPage
      {...{ context, csrf }}
      {...rowOf(peer)}
      already={peer.comparedBy.includes(officerId)}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Reads 32 characters as they were heard; those that are not in the alphabet are taken for what they sound or look like. */
const heardOf = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** Takes what an officer heard; the second one who hears the same confirms the region. */
const compare: ConsolePage = async (ctx, deps, visit) => {
  const { peer, key } = await readPeer(ctx, deps);
  const thumbprint = thumbprintOf(key);
  try {
    if (heardOf(field(ctx, 'heard')) !== speakThumbprint(thumbprint).groups.join(''))
      throw new AppError('peer-thumbprint-differs');
    await deps.recognition.comparePeer({ entityId: peer._id, thumbprint, actor: visit.officerId });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return drawCompare(ctx, deps, visit, error);
  }
  seeOther(ctx, rowOf(peer).href);
};

const showBlock: ConsolePage = async (ctx, deps, { csrf }) => {
  const { peer } = await readPeer(ctx, deps);
  showPage(ctx, deps, (context) => <BlockPeerPage {...{ context, csrf }} {...rowOf(peer)} />);
};

const block: ConsolePage = async (ctx, deps, { officerId }) => {
  const { peer } = await readPeer(ctx, deps);
  await deps.recognition.blockPeer({ entityId: peer._id, actor: officerId });
  seeOther(ctx, rowOf(peer).href);
};

const adding = { act: 'agreements.draft', within: 'instance' } as const;
const comparing = { act: 'agreements.sign', within: 'instance', fresh: true } as const;
const blocking = { act: 'agreements.suspend', within: 'instance', fresh: true } as const;

/** The part of the console where other regions are registered, compared by two officers, and blocked. */
export const peersSection: Section = {
  name: 'peers',
  path: '/peers',
  permission: { act: 'agreements.read', within: 'instance' },
  routes: [
    { method: 'get', path: '/peers', page: showPeers },
    {
      method: 'get',
      path: '/peers/add',
      page: async (ctx, deps, { csrf }) => drawAdd(ctx, deps, csrf),
      permission: adding,
    },
    { method: 'post', path: '/peers/add', page: addPeer, permission: adding },
    { method: 'get', path: '/peers/:region', page: showPeer },
    {
      method: 'get',
      path: '/peers/:region/compare',
      page: (ctx, deps, visit) => drawCompare(ctx, deps, visit),
      permission: comparing,
    },
    { method: 'post', path: '/peers/:region/compare', page: compare, permission: comparing },
    { method: 'get', path: '/peers/:region/block', page: showBlock, permission: blocking },
    { method: 'post', path: '/peers/:region/block', page: block, permission: blocking },
  ],
};
