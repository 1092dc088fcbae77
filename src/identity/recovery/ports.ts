import type { Work } from '../ports.ts';
import type { RecoveryDelays } from './lifecycle.ts';
import type { RecoveryStore } from './store.ts';

/** What a recovery is given from outside. */
export interface RecoverySettings {
  delays: RecoveryDelays;
  /** The address of the page that stops a recovery; it goes out in the message to the owner. */
  stopAddress(token: string): string;
}

/** What a use case of recovery works with. */
export interface RecoveryWork extends Work, RecoverySettings {
  recoveries: RecoveryStore;
}
