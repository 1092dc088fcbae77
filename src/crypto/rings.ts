import type { RecordConnection } from '../storage/index.ts';
import type { Ring } from './ring.ts';
import { allRingKinds, type RingKind, type RingView, readRingViews } from './store.ts';

/** Every ring of the instance. */
export interface Rings {
  /** Reads how each stands, opening none. */
  views(): Promise<(RingView & { kind: RingKind })[]>;
  /** Returns the ring of a kind; that of an authority by its credit code. */
  of(kind: RingKind, id: string): Ring;
}

/** Gathers the rings. */
export const createRings = (
  connection: RecordConnection,
  rings: Readonly<Record<RingKind, (id: string) => Ring>>,
): Rings => ({
  async views() {
    const perKind = allRingKinds.map(async (kind) =>
      (await readRingViews(connection, kind)).map((view) => ({ ...view, kind })),
    );
    return (await Promise.all(perKind)).flat();
  },
  of: (kind, id) => rings[kind](id),
});
