import type { Clock } from '../base/clock.ts';
import type { FieldCipher } from '../crypto/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { AuthorisationStore } from './authorisation/store.ts';
import type { ItemStore } from './items/store.ts';
import type { LedgerStore } from './ledger/store.ts';
import type { NoticeStore } from './notice/store.ts';
import type { ResponseStore } from './response/store.ts';

/** What the domain is given from outside. */
export interface ConsentDeps {
  connection: RecordConnection;
  /** Seals what citizens and officers write in objections and ratings. */
  cipher: FieldCipher;
  clock: Clock;
  /** How long a row of the ledger is kept at least: 180 or more, and 180 when left out. */
  retentionDays?: number;
  /** How long a rating can be changed; 30 when left out. */
  ratingChangeDays?: number;
}

/** What a use case works with. */
export interface Work {
  cipher: FieldCipher;
  clock: Clock;
  retentionDays: number;
  ratingChangeDays: number;
  ledger: LedgerStore;
  items: ItemStore;
  authorisations: AuthorisationStore;
  responses: ResponseStore;
  notices: NoticeStore;
}
