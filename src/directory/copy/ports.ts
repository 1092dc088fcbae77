import type { Darkroom } from '../photo/darkroom.ts';
import type { CopyDeps } from './copies.ts';
import type { CopyFont } from './open-font.ts';
import type { CopyStore } from './store.ts';

/** What a use case works with. */
export interface Work extends Omit<CopyDeps, 'connection' | 'findFont'> {
  store: CopyStore;
  /** Drawing takes its turn, as photos do. */
  darkroom: Darkroom;
  /** Returns the font; null when the machine has none. */
  font(): Promise<CopyFont | null>;
}
