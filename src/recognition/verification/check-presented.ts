import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { PublishedKeys } from '../../crypto/credential-jwt.ts';
import type { JsonObject } from '../../crypto/ports.ts';
import { type CredentialCheck, type VerifiedCredential, verifySdJwt } from '../../crypto/sd-jwt-verify.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import { readToken } from '../link/token.ts';
import { credentialKeysShape, ownMembers } from './message.ts';
import type { VerificationWork } from './ports.ts';
import { keepReceipt } from './receipt.ts';
import { openShownGate, type ShownType } from './shown-gate.ts';

/** What a wallet has to prove its key over, for one counter and once. */
export interface PresentationRequest {
  nonce: string;
  audience: string;
  expiresAt: Date;
}

/** A credential that a wallet presents at a counter here: an SD-JWT VC with the proof of its key. Personal data. */
export interface PresentedQuestion extends Omit<ShownType, 'type'> {
  text: string;
  nonce: string;
  requesterId: string;
}

/** What a presentation came to. Personal data. */
export interface PresentedFinding {
  /** Why it is not to be relied on; null when it is. */
  refusal: AppError | null;
  /** What its type is taken for here. */
  typeCode: string;
  /** What it shows and the agreement covers, by the names here; null with a refusal. */
  shown: {
    issuerName: string;
    /** What its trust level counts for here; null when it counts for nothing. */
    trustLevel: TrustLevel | null;
    fields: Record<string, unknown>;
    statusAt: Date;
  } | null;
  /** What it shows beyond that, by the names there: to be looked away from. */
  omitted: string[];
  /** Whom it names by a code, for their ledger. */
  holders: { type: string; code: string }[];
  region: { code: string; name: string | null };
  /** Null for a credential of this region. */
  agreement: { id: string; version: number } | null;
  receiptId: string;
}

const nonceTtlSeconds = 300;
/** How old keys and lists may be before they are fetched again, where no agreement says less. */
const refreshSeconds = 600;
const toleranceSeconds = 60;
const keyOf = (nonce: string): string => `presented:${nonce}`;

/** Gives a counter the nonce that a wallet is to prove its key over. */
export async function requestPresentation(
  { challenges, clock, self }: VerificationWork,
  requesterId: string,
): Promise<PresentationRequest> {
  const nonce = newId();
  await challenges.put(keyOf(nonce), requesterId, { ttlSeconds: nonceTtlSeconds });
  const expiresAt = new Date(clock.now().getTime() + nonceTtlSeconds * 1000);
  return { nonce, audience: self.entityId, expiresAt };
}

/**
 * Checks a credential that a wallet presents, by keys and whole lists that are known here: its region does not learn who
 * looks. The nonce is used up whatever comes of it, and a credential that no key is bound to is refused, since whoever
 * copied it could present it. Form of the proof: SD-JWT as the library and a spike of this project speak it; nonce and
 * ages are a design of this project. Throws presented-nonce-unknown, credential-malformed, credential-issuer-unknown,
 * and the code of a refusal by the gate; what is wrong with the credential itself is a value.
 */
export async function checkPresented(
  work: VerificationWork,
  question: PresentedQuestion,
): Promise<PresentedFinding> {
  const { nonce, requesterId } = question;
  if ((await work.challenges.take(keyOf(nonce))) !== requesterId)
    throw new AppError('presented-nonce-unknown', { minutes: nonceTtlSeconds / 60 });
  const { issuer, kid, type } = readCredential(question.text);
  const source = await sourceOf(work, { issuer, kid }, { ...question, type });
  const checked = await verify(work, question, source);
  const members = checked instanceof AppError ? {} : membersOf(checked.claims);
  const { covered, omitted, here, trust, agreement, digest, typeCode } = source.judge(Object.keys(members));
  const refusal = checked instanceof AppError ? checked : null;
  const receiptId = await keepReceipt(work, {
    side: 'scanned',
    peer: issuer,
    agreementId: agreement?.id ?? null,
    agreementVersion: agreement?.version ?? null,
    agreementDigest: digest,
    purpose: question.cause.itemCode,
    requesterId,
    result: refusal?.code ?? 'valid',
    requestHash: null,
    answerHash: null,
  });
  const fields = Object.fromEntries(covered.map((field) => [here(field), members[field]]));
  const shown =
    checked instanceof AppError
      ? null
      : {
          issuerName: String((checked.claims['authority'] as JsonObject | undefined)?.['name'] ?? ''),
          trustLevel: trust(checked.claims['trustLevel'] as TrustLevel),
          fields,
          statusAt: checked.statusAt,
        };
  const holders = checked instanceof AppError ? [] : holdersOf(checked.claims);
  return { refusal, typeCode, shown, omitted, holders, region: source.region, agreement, receiptId };
}

/** How the type of a certificate's credential is written; its version follows. */
const credentialType = /^urn:yihao:certificate:([^:]+):\d+$/;

/** Reads whose credential it says to be and of which type, before anything of it is believed. Throws credential-malformed. */
function readCredential(text: string): { issuer: string; kid: string; type: string } {
  const token = text.split('~')[0] ?? '';
  const said = readToken(token);
  try {
    const { vct } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    ) as JsonObject;
    const type = credentialType.exec(String(vct))?.[1];
    if (said !== null && type !== undefined) return { ...said, type };
  } catch {
    // Falls through to the refusal: a parser's own words may quote what it read.
  }
  throw new AppError('credential-malformed');
}

/** Verifies it for this counter and nonce; what is wrong with it is returned. */
async function verify(
  { clock, self }: VerificationWork,
  { text, nonce }: PresentedQuestion,
  { keysOf, statusListOf }: Source,
): Promise<VerifiedCredential | AppError> {
  const presentedTo = { audience: self.entityId, nonce };
  try {
    const checked = await verifySdJwt(text, { clock, toleranceSeconds, presentedTo, keysOf, statusListOf });
    return checked.isHolderBound ? checked : new AppError('credential-holder-proof-missing');
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Lists what a credential discloses, the certificate's own members and the fields of its face alike. */
const membersOf = (claims: JsonObject): Record<string, unknown> => ({
  ...(claims['fields'] as JsonObject | undefined),
  ...Object.fromEntries(
    ownMembers.flatMap((name) => {
      const value = claims[name];
      const isShown = name === 'holders' ? disclosedHolders(claims).length > 0 : value !== undefined;
      return isShown ? [[name, value]] : [];
    }),
  ),
});

const disclosedHolders = ({ holders }: JsonObject): JsonObject[] =>
  Array.isArray(holders)
    ? (holders as JsonObject[]).filter((one) => Object.keys(one).some((name) => name !== '_sd'))
    : [];

const holdersOf = (claims: JsonObject): PresentedFinding['holders'] =>
  disclosedHolders(claims).flatMap(({ type, code }) =>
    typeof type === 'string' && typeof code === 'string' ? [{ type, code }] : [],
  );

/** What lets a credential pass, and what of it. */
interface Judged {
  covered: readonly string[];
  omitted: string[];
  /** The name here of a field there. */
  here(field: string): string;
  trust(level: TrustLevel): TrustLevel | null;
  agreement: PresentedFinding['agreement'];
  digest: string | null;
  typeCode: string;
}

interface Source extends Pick<CredentialCheck, 'keysOf' | 'statusListOf'> {
  region: PresentedFinding['region'];
  judge(fields: readonly string[]): Judged;
}

/** Finds by what a credential is judged and checked: this region's own, or that of a region we trust. */
async function sourceOf(
  work: VerificationWork,
  { issuer, kid }: { issuer: string; kid: string },
  shown: ShownType,
): Promise<Source> {
  if (issuer === work.self.entityId) return ownSource(work, shown.type);
  const peer = await work.recognition.findPeer(issuer);
  if (peer?.state !== 'confirmed') throw new AppError('credential-issuer-unknown');
  const gate = await openShownGate(work, peer, shown);
  const { maximumStatusAgeSeconds } = gate([]).admission;
  const longestSeconds = Math.min(refreshSeconds, maximumStatusAgeSeconds);
  const age = await work.known.ageSecondsOf(issuer);
  if (age === null || age > longestSeconds) await work.refreshKnown(issuer);
  return {
    region: { code: peer.regionCode, name: peer.name },
    keysOf: async (asked) => (asked === issuer ? work.known.keysOf(issuer, kid) : null),
    statusListOf: (uri) => work.known.statusListOf(uri, maximumStatusAgeSeconds),
    judge(fields) {
      const { standing, admission } = gate(fields);
      const { agreementId: id, version, digest } = standing;
      return {
        covered: admission.fields,
        omitted: admission.omitted,
        here: (field) => admission.fieldMap[field] ?? field,
        trust: (level) => admission.trustMap[level] ?? null,
        agreement: { id, version },
        digest,
        typeCode: admission.as,
      };
    },
  };
}

async function ownSource({ library, self, ownStatusList }: VerificationWork, type: string): Promise<Source> {
  const keys = await library.credentialKeys();
  return {
    region: { code: self.regionCode, name: null },
    keysOf: async (asked) =>
      asked === self.entityId ? (credentialKeysShape.parse({ keys }) as PublishedKeys) : null,
    statusListOf: ownStatusList,
    judge: (fields) => ({
      covered: fields,
      omitted: [],
      here: (field) => field,
      trust: (level) => level,
      agreement: null,
      digest: null,
      typeCode: type,
    }),
  };
}
