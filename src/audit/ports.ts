import type { Clock } from '../base/clock.ts';
import type { JsonObject, Seal, SealVerdict } from '../crypto/ports.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import type { AuditStore } from './store.ts';

/** Where the relay says what a person must look at. */
export interface AuditLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the domain is given from outside. */
export interface AuditDeps {
  connection: RecordConnection;
  /** The outboxes of every store in the house. */
  sources: readonly OutboxSource[];
  clock: Clock;
  log: AuditLog;
  /** Names the chain in its tree heads. */
  origin: string;
  /** Seals a tree head with the instance's own key. */
  seal(document: JsonObject): Promise<Seal>;
  /** Verifies what `seal` made, whichever key of the instance made it. */
  verifySeal(document: JsonObject, seal: Seal): Promise<SealVerdict>;
}

/** What a use case works with. */
export interface Work extends Omit<AuditDeps, 'connection'> {
  store: AuditStore;
}
