import type { Clock } from '../../base/clock.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { Recognition } from '../index.ts';
import type { MessageKind, PeerAnswer } from '../link/message.ts';
import type { Breakers } from './breaker.ts';
import type { Known } from './known.ts';
import type { ReceiptStore } from './store.ts';

/** Who holds a certificate, by a code of theirs. Personal data. */
export interface GivenHolder {
  type: string;
  code: string;
}

/** A certificate of this region as it was found for a holder. */
export interface FoundCertificate {
  identifier: string;
  verdict: Verdict;
  trustLevel: TrustLevel;
  /** Blind indexes of all its holders. */
  holderIndexes: readonly string[];
}

/** The certificates of this region, for answers. */
export interface Library {
  /** Returns the blind index of a holder. Throws what the terms throw for a code that is none. */
  holderIndexOf(holder: GivenHolder): string;
  /** Finds a certificate of a type that a holder has: the one named, else one in force, else the latest; null when there is none. */
  find(asked: {
    holder: GivenHolder;
    type: string;
    identifier: string | null;
  }): Promise<FoundCertificate | null>;
  /** Makes a credential that discloses just the fields named, and tells which of them the certificate has. */
  copyOf(asked: {
    identifier: string;
    fields: readonly string[];
    actor: string;
  }): Promise<{ credential: string; shown: string[] }>;
  /** Reads the public keys that credentials are signed with. */
  credentialKeys(): Promise<Record<string, unknown>[]>;
}

/** By what right a certificate is used. */
export type UseBasis =
  | { kind: 'consent'; authorisationId: string }
  | { kind: 'law'; law: string; article: string };

/** One read of a person's data by a department of another region, as the person's ledger tells it. */
export interface ForeignAccess {
  holderIndex: string;
  reader: { id: string; name: { zh: string; en: string } };
  what: { certificateIdentifier?: string; typeCode: string; fields: readonly string[] };
  cause: UseCause;
  basis: UseBasis;
}

/** What a code that is shown says, once it was verified by what is known here. */
export interface ShownCode {
  typeName: string;
  issuerName: string;
  maskedName: string;
  validUntil: string | null;
  fields: { name: string; label: string; value: string }[];
  signedAt: Date;
}

/** The verdict on a code; `cannotTell` when too little is known here, or was known too long ago. */
export type CodeVerdict =
  | { kind: 'genuine'; knownAt: Date; shown: ShownCode }
  | { kind: 'notInForce' | 'ended' | 'notGenuine' | 'cannotTell'; knownAt: Date | null; refusal: Error };

/** What verification across regions is given from outside. */
export interface VerificationDeps {
  connection: RecordConnection;
  clock: Clock;
  self: { entityId: string; regionCode: string };
  recognition: Pick<Recognition, 'findEffective' | 'findStanding' | 'findPeer' | 'findPeersNamed'>;
  ask(peer: string, kind: MessageKind, content: Record<string, unknown>): Promise<PeerAnswer>;
  known: Known;
  library: Library;
  /** Writes a row into a person's ledger; rejects when it cannot, and then nothing is given out. */
  recordAccess(access: ForeignAccess): Promise<void>;
  /** Reads a list of statuses of this region, as signed. */
  ownStatusList(uri: string): Promise<string>;
  /** Keeps the nonces that counters gave out. */
  challenges: Pick<EphemeralStore, 'put' | 'take'>;
  /** Counts in a window. */
  count(key: string, windowSeconds: number): Promise<{ count: number; resetSeconds: number }>;
  /** Checks a code of a region by what is known here; asks no one. */
  checkCode(issuer: string, text: string): Promise<CodeVerdict>;
  /** Fetches the keys and whole lists of a region anew; what cannot be had stays as it was. */
  refreshKnown(issuer: string): Promise<void>;
}

/** What a use case works with. */
export interface VerificationWork extends Omit<VerificationDeps, 'connection'> {
  receipts: ReceiptStore;
  breakers: Breakers;
}
