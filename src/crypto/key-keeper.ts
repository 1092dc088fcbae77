/**
 * Turns the rings. Owns when each is rotated, by the policy or by hand, and what an emergency leaves of the former keys;
 * not the rings themselves, nor who may ask. Any number of processes may run it: the compare-and-swap on a ring's version
 * lets one turn it. Control leaves by the values returned; each turn's event rides in its ring.
 */
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { type KeyPolicy, type RingName, type RingStatus, statusOf } from './key-policy.ts';
import type { RotateResult } from './ring.ts';
import type { Rings } from './rings.ts';

/** Rotates rings, and says how they stand. */
export interface KeyKeeper {
  /** Reads how every ring stands. */
  status(): Promise<RingStatus[]>;
  /** Names the rings that should have been rotated for a day and were not; one name a ring. */
  overdue(): Promise<RingName[]>;
  /** Rotates what is due by the policy; returns how many this process rotated. */
  rotateDue(): Promise<number>;
  /**
   * Makes the next key of a ring work. Throws key-ring-unknown, key-ring-agreement, key-not-announced while the next one
   * is younger than the policy wants, and key-ring-changed when another turned it meanwhile.
   */
  rotate(label: string, order: { actor: string }): Promise<RingStatus>;
  /**
   * Replaces a ring whose keys may be known to others: fresh ones work at once, and next ones are fresh too. What the
   * former ones signed verifies no more, except where keepsFormer says so. Throws like rotate, never key-not-announced.
   */
  replace(label: string, order: { actor: string; reason: string }): Promise<RingStatus>;
}

export interface KeyKeeperDeps {
  rings: Rings;
  clock: Clock;
  policy: KeyPolicy;
  /** The code under which the instance keeps the key that signs its audit chain. */
  ownCode: string;
}

/**
 * Tells whether a replaced ring still verifies, or opens, by its former keys. Certificates, the audit chain and sealed
 * fields would be lost without them, and each of these stands in the instance's own storage, which a forger of
 * signatures has not written. Everything else comes from outside, where a signature is all there is.
 */
export const keepsFormer = (name: RingName): boolean =>
  ['authority', 'audit', 'data', 'photo'].includes(name);

/** Makes the keeper of the rings. */
export const createKeyKeeper = ({ rings, clock, policy, ownCode }: KeyKeeperDeps): KeyKeeper => {
  const status = async (): Promise<RingStatus[]> => {
    const now = clock.now();
    return (await rings.views()).map((view) => statusOf(view, { policy, ownCode, now }));
  };

  const find = async (label: string): Promise<RingStatus> => {
    const found = (await status()).find((ring) => ring.label === label);
    if (!found) throw new AppError('key-ring-unknown', { ring: label });
    return found;
  };

  const findToTurn = async (label: string): Promise<RingStatus> => {
    const found = await find(label);
    if (found.kind === 'agreement') throw new AppError('key-ring-agreement');
    return found;
  };

  const settle = async (label: string, { outcome }: RotateResult): Promise<RingStatus> => {
    if (outcome === 'conflict') throw new AppError('key-ring-changed', { ring: label });
    return find(label);
  };

  return {
    status,
    overdue: async () => (await status()).filter((ring) => ring.overdue).map(({ name }) => name),

    async rotateDue() {
      const now = clock.now();
      const due = (await status()).filter(({ dueAt }) => dueAt !== null && dueAt <= now);
      const turns = await Promise.allSettled(
        due.map(({ kind, id, version }) => rings.of(kind, id).rotate({ expectedVersion: version })),
      );
      // One ring that cannot be turned keeps no other from it.
      const failed = turns.find((turn) => turn.status === 'rejected');
      if (failed) throw failed.reason;
      return turns.filter((turn) => turn.status === 'fulfilled' && turn.value.outcome === 'rotated').length;
    },

    async rotate(label, { actor }) {
      const { kind, id, version, readyAt } = await findToTurn(label);
      if (clock.now() < readyAt)
        throw new AppError('key-not-announced', { ring: label, readyAt: readyAt.toISOString() });
      return settle(label, await rings.of(kind, id).rotate({ actor, expectedVersion: version }));
    },

    async replace(label, order) {
      const { kind, id, name } = await findToTurn(label);
      const turned = await rings.of(kind, id).replace({ ...order, keepsFormer: keepsFormer(name) });
      return settle(label, turned);
    },
  };
};
