import { AppError } from '../../base/error.ts';
import type { PublicEcJwk } from '../../crypto/index.ts';
import type { PeerRecord, Recognition, Standing } from '../../recognition/index.ts';
import type { OtherRegionDeps } from './ports.ts';

/** A key of a peer that its signatures are checked by. */
export type PeerJwk = PublicEcJwk & { kid: string; alg: 'ES256'; use: 'sig' };

/** What stands between the regions and who they are, as it was a second ago at most. */
export interface Standings {
  standing(agreementId: string): Promise<Standing | null>;
  towards(regionCode: string): Promise<Standing[]>;
  /** A confirmed peer; null for any other address. */
  peer(entityId: string): Promise<PeerRecord | null>;
  /** All confirmed peers with what stands towards each, to choose from. */
  all(): ReturnType<Recognition['listEffective']>;
  /** The keys a peer signs with, as its agreement key vouches for them; none when it is not trusted or they have ended. */
  signingKeys(entityId: string): Promise<PeerJwk[]>;
}

/** What is decided by may be this old: a suspension cuts within that time in every process. */
const longestMilliseconds = 1000;
const mostKnown = 1000;

type Known<T> = Map<string, { value: Promise<T>; at: number }>;

/** Remembers answers for a second: one sign-in asks for the same twenty times. */
function remember<T>(
  { clock, recognition }: Pick<OtherRegionDeps, 'recognition' | 'clock'>,
  read: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  let known: Known<T> = new Map();
  // What was written in this process counts at once; an answer under way may be older and is remembered by nobody.
  recognition.onWritten(() => {
    known = new Map();
  });
  return (key) => {
    const now = clock.now().getTime();
    const found = known.get(key);
    if (found !== undefined && Math.abs(now - found.at) < longestMilliseconds) return found.value;
    if (known.size >= mostKnown) known.clear();
    const value = read(key);
    const among = known.set(key, { value, at: now });
    // What failed is asked for again; who waits for it hears of the failure.
    value.catch(() => among.delete(key));
    return value;
  };
}

/** Opens the view on the recognition domain that sign-in goes by. */
export function createStandings(deps: Pick<OtherRegionDeps, 'recognition' | 'clock'>): Standings {
  const { recognition } = deps;
  const all = remember(deps, () => recognition.listEffective());
  return {
    standing: remember(deps, (id) => recognition.findStanding(id)),
    towards: remember(deps, (regionCode) => recognition.findEffective(regionCode)),
    peer: remember(deps, async (entityId) => {
      const peer = await recognition.findPeer(entityId);
      return peer?.state === 'confirmed' ? peer : null;
    }),
    all: () => all(''),
    signingKeys: remember(deps, async (entityId) => {
      try {
        const keySet = await recognition.findKeySet(entityId);
        return (keySet?.keys ?? []).filter(isSigning);
      } catch (error) {
        if (error instanceof AppError && error.code === 'peer-not-trusted') return [];
        throw error;
      }
    }),
  };
}

const isSigning = (key: object): key is PeerJwk => {
  const { kty, use, alg } = key as Partial<PeerJwk>;
  return kty === 'EC' && use === 'sig' && alg === 'ES256';
};
