import type { Clock } from '../../base/clock.ts';
import type { PublishedKeys } from '../../crypto/credential-jwt.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { MessageKind, PeerAnswer } from '../link/message.ts';
import { credentialKeysShape, verificationKinds } from './message.ts';

/** What was fetched of a region, and when. */
interface Kept {
  text: string;
  fetchedAt: Date;
}

/** Where keys and lists of other regions are kept, and which codes were used here. */
export interface Shelf {
  read(url: string): Promise<Kept | null>;
  keep(url: string, kept: Kept): Promise<void>;
  /** Notes a name until an instant; false when it is noted already. */
  addIfAbsent(name: string, until: Date): Promise<boolean>;
  sweep(now: Date): Promise<void>;
}

const keptSeconds = 86_400;

/** Makes a shelf that all processes of this region share. */
export const createShelf = (store: Pick<EphemeralStore, 'get' | 'put' | 'add'>, clock: Clock): Shelf => ({
  async read(url) {
    const entry = await store.get(`known:${url}`);
    if (entry === null) return null;
    const { text, fetchedAt } = JSON.parse(entry.value) as { text: string; fetchedAt: number };
    return { text, fetchedAt: new Date(fetchedAt) };
  },
  keep: (url, { text, fetchedAt }) =>
    store.put(`known:${url}`, JSON.stringify({ text, fetchedAt: fetchedAt.getTime() }), {
      ttlSeconds: keptSeconds,
    }),
  addIfAbsent: (name, until) =>
    store.add(`scanned:${name}`, '', {
      ttlSeconds: Math.max(1, Math.ceil((until.getTime() - clock.now().getTime()) / 1000)),
    }),
  // The store lets go of what has expired by itself.
  sweep: async () => undefined,
});

/** What is known here of other regions: the keys of their credentials, and their lists of statuses, whole. */
export interface Known {
  /** Returns a region's keys, with the one named among them if it has it. Throws what asking it throws. */
  keysOf(issuer: string, kid: string | null): Promise<PublishedKeys>;
  /** Returns a signed list no older than that. Throws what fetching it throws. */
  statusListOf(uri: string, maximumAgeSeconds: number): Promise<string>;
  /** Fetches a text of a region anew: its keys as its operational key signs them, anything else as it stands. */
  textOf(url: string): Promise<string>;
  /** Tells how old what is known of a region is; null when nothing is. */
  ageSecondsOf(issuer: string): Promise<number | null>;
}

export interface KnownDeps {
  shelf: Shelf;
  clock: Clock;
  ask(peer: string, kind: MessageKind, content: Record<string, unknown>): Promise<PeerAnswer>;
  /** Fetches an address; throws region-unreachable and region-timeout. */
  get(url: string): Promise<string>;
}

/** The name under which a region's keys are kept; nothing is ever fetched from there. */
const keysUrlOf = (issuer: string): string => `${issuer}/jwks`;
const longestKeySeconds = 12 * 3600;

/** Makes what is known of other regions. Keys are asked for by a signed message, never fetched from a published address. */
export function createKnown({ shelf, clock, ask, get }: KnownDeps): Known {
  const ageOf = (kept: Kept): number => (clock.now().getTime() - kept.fetchedAt.getTime()) / 1000;
  const textOf = async (url: string): Promise<string> => {
    const { origin } = new URL(url);
    if (url !== keysUrlOf(origin)) return await get(url);
    const { claims } = await ask(origin, verificationKinds.credentialKeys, {});
    return JSON.stringify(credentialKeysShape.parse(claims));
  };
  const fetched = async (url: string): Promise<string> => {
    const fetchedAt = clock.now();
    const text = await textOf(url);
    await shelf.keep(url, { text, fetchedAt });
    return text;
  };
  return {
    textOf,
    async keysOf(issuer, kid) {
      const kept = await shelf.read(keysUrlOf(issuer));
      const held = kept === null || ageOf(kept) > longestKeySeconds ? null : readKeys(kept.text);
      if (held?.keys.some((key) => key.kid === kid)) return held;
      return readKeys(await fetched(keysUrlOf(issuer)));
    },
    async statusListOf(uri, maximumAgeSeconds) {
      const kept = await shelf.read(uri);
      return kept !== null && ageOf(kept) <= maximumAgeSeconds ? kept.text : await fetched(uri);
    },
    async ageSecondsOf(issuer) {
      const kept = await shelf.read(keysUrlOf(issuer));
      return kept === null ? null : ageOf(kept);
    },
  };
}

const readKeys = (text: string): PublishedKeys => JSON.parse(text);
