import type { JsonValue } from '../../crypto/ports.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import type { Verdict } from '../../terms/verdict.ts';

/** What another region says of a certificate, in the words of this one. Personal data. */
export interface Finding {
  result: FindingResult;
  verdict: Verdict;
  /** When it was looked up there. */
  statusAt: Date;
  /** What its trust level counts for here; null for a verdict other than genuine, or when it counts for nothing. */
  trustLevel: TrustLevel | null;
  /** What its type is taken for here. */
  typeCode: string;
  /** The fields that are covered and filled in, by their names here. */
  fields: Record<string, JsonValue>;
  /** What was asked and was not given out, by its name here. */
  omitted: string[];
}

/** The answer in a word; `trust_not_covered` is a genuine certificate of a trust level that counts for nothing here. */
export type FindingResult =
  | 'valid'
  | 'trust_not_covered'
  | 'revoked'
  | 'suspended'
  | 'expired'
  | 'not_yet_effective'
  | 'not_genuine'
  | 'not_found';

/** A finding with what it was found by. */
export interface ReceiptedFinding extends Finding {
  region: { code: string; name: string };
  agreement: { id: string; version: number };
  receiptId: string;
}

/** Says a verdict in a word; why a certificate was ended, the verdict says. */
export function resultOf(verdict: Verdict): FindingResult {
  switch (verdict.kind) {
    case 'genuine':
      return 'valid';
    case 'ended':
      return 'revoked';
    case 'notInForce':
      return verdict.state === 'notYetEffective' ? 'not_yet_effective' : verdict.state;
    case 'notGenuine':
      return 'not_genuine';
    case 'unknown':
      return 'not_found';
  }
}
