import { errors } from 'oidc-provider';
import { type Clock, epochSeconds } from '../../base/clock.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { deviceCodeTtlSeconds } from './registration.ts';

/** Thrown at who tries more codes than anybody types. */
export class TooManyGuesses extends errors.CustomOIDCProviderError {
  constructor(readonly waitSeconds: number) {
    super('too_many_guesses', 'too many codes were tried');
  }
}

/** Bounds what the library leaves unbounded: guesses of a user code, and how often a kiosk asks. */
export interface DeviceLimits {
  /** Counts the look-up of a user code before it is judged. Throws TooManyGuesses. */
  countGuess(address: string, sessionUid: string): Promise<void>;
  /** Tells whether a kiosk or counter asked again before its time; from then on it has to wait longer. */
  askedTooSoon(asked: string): Promise<boolean>;
}

/** How long a kiosk waits between two questions, and by how much that grows each time it does not. */
export const pollSeconds = 5;

const guessWindowSeconds = 600;
/** One sign-in looks its code up two or three times. */
const guessesPerSession = 20;
/** Behind one address there may be a hall full of people; against 20^8 codes it is nothing. */
const guessesPerAddress = 200;

interface Asked {
  atSeconds: number;
  intervalSeconds: number;
}

/** Opens the limits on the store of what expires. Their numbers are our design [D]. */
export function createDeviceLimits(deps: {
  ephemeral: EphemeralStore;
  clock: Clock;
  hideAddress(address: string): string;
}): DeviceLimits {
  const { ephemeral, clock, hideAddress } = deps;
  return {
    async countGuess(address, sessionUid) {
      const counted = await Promise.all([
        ephemeral.count(`limit:user-code:address:${hideAddress(address)}`, guessWindowSeconds),
        ephemeral.count(`limit:user-code:session:${sessionUid}`, guessWindowSeconds),
      ]);
      const [byAddress, bySession] = counted;
      if (byAddress.count > guessesPerAddress || bySession.count > guessesPerSession)
        throw new TooManyGuesses(Math.max(...counted.map(({ resetSeconds }) => resetSeconds)));
    },
    async askedTooSoon(code) {
      const key = `oidc:asked:${code}`;
      const atSeconds = epochSeconds(clock);
      const entry = await ephemeral.get(key);
      const last = entry === null ? null : (JSON.parse(entry.value) as Asked);
      // A second's grace: whole seconds are compared, and networks are not even.
      const isTooSoon = last !== null && atSeconds - last.atSeconds < last.intervalSeconds - 1;
      const before = last?.intervalSeconds ?? pollSeconds;
      const asked: Asked = { atSeconds, intervalSeconds: before + (isTooSoon ? pollSeconds : 0) };
      await ephemeral.put(key, JSON.stringify(asked), { ttlSeconds: deviceCodeTtlSeconds });
      return isTooSoon;
    },
  };
}
