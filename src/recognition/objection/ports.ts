import type { Clock } from '../../base/clock.ts';
import type { FieldCipher } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { Agreements } from '../agreements.ts';
import type { Frameworks } from '../frameworks.ts';
import type { Receipt } from '../verification/store.ts';
import type { CaseStore } from './store.ts';

/** What cases take a note in. */
export interface CaseLog {
  warn(fields: object, message: string): void;
}

/** What cases between regions are given from outside. */
export interface ObjectionDeps {
  connection: RecordConnection;
  clock: Clock;
  cipher: FieldCipher;
  log: CaseLog;
  /** The entity identifier of this region. */
  self: string;
  recognition: Pick<Agreements, 'findVersions'> & Pick<Frameworks, 'listPairs'>;
  findReceipt(receiptId: string): Promise<Receipt | null>;
}

/** What a use case works with. */
export interface CaseWork extends Omit<ObjectionDeps, 'connection'> {
  cases: CaseStore;
}
