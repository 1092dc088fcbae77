import type { Clock } from '../base/clock.ts';
import type { DomainEvent } from '../base/event.ts';
import type { JsonObject } from '../crypto/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { News } from './news.ts';
import type { Post } from './post.ts';
import type { SignalStore } from './store.ts';

/** An event where it stands in the audit chain. */
export interface ChainedEvent {
  /** 1, 2, 3 …, without a gap. */
  sequence: number;
  event: DomainEvent;
  /** The collection of the record it happened to. */
  source: string;
  recordId: string;
}

/** The audit chain as it is followed: by position, so that a process that was killed goes on where it was. */
export interface Chain {
  lastSequence(): Promise<number>;
  entriesFrom(sequence: number, limit: number): Promise<ChainedEvent[]>;
}

/** That a client may hear of something now. */
export interface Right {
  /** Writes down that it hears of it, for the person to see; resolves before anything goes out. */
  record(): Promise<void>;
}

export interface SignalLog {
  warn(fields: object, message: string): void;
}

/** What the domain is given from outside. */
export interface SignalsDeps {
  connection: RecordConnection;
  clock: Clock;
  log: SignalLog;
  issuer: string;
  chain: Chain;
  /** Signs the claims as a Security Event Token. */
  sign(claims: JsonObject): Promise<string>;
  post: Post;
  /** Hears how a receiver took a signal. */
  answered(clientId: string, ended: { begunAt: Date; isTaken: boolean }): void;
  isClient(clientId: string): Promise<boolean>;
  /** The subject by which a client knows an account; null when it signs nobody in. */
  subjectOf(clientId: string, accountId: string): Promise<string | null>;
  /** Finds which of the clients may hear of the news as things stand now. */
  rightsTo(news: News, clientIds: readonly string[]): Promise<Map<string, Right>>;
}

/** What a use case works with. */
export interface Work extends Omit<SignalsDeps, 'connection'> {
  store: SignalStore;
}
