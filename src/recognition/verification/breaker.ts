import type { Clock } from '../../base/clock.ts';

/** Remembers of each peer whether it has been failing, so that no one waits for what is down. */
export interface Breakers {
  /** Tells whether a peer may be asked now. */
  isClosed(peer: string): boolean;
  failed(peer: string): void;
  answered(peer: string): void;
}

/** Five failures within half a minute open it for a quarter. A design of this project. */
const mostFailures = 5;
const windowMilliseconds = 30_000;
const openMilliseconds = 15_000;

/** Makes the breakers of a process. Once the time is over one question is let through; if it fails, it opens again. */
export function createBreakers(clock: Clock): Breakers {
  const failures = new Map<string, number[]>();
  const openedAt = new Map<string, number>();
  const now = (): number => clock.now().getTime();
  return {
    isClosed(peer) {
      const since = openedAt.get(peer);
      if (since === undefined) return true;
      if (now() - since < openMilliseconds) return false;
      // The one that is let through keeps it open for the others until it is answered.
      openedAt.set(peer, now());
      return true;
    },
    failed(peer) {
      const recent = (failures.get(peer) ?? []).filter((at) => now() - at < windowMilliseconds);
      failures.set(peer, [...recent, now()]);
      if (recent.length + 1 >= mostFailures) openedAt.set(peer, now());
    },
    answered(peer) {
      failures.delete(peer);
      openedAt.delete(peer);
    },
  };
}
