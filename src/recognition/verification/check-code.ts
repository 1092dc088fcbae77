import { AppError, type ErrorCode } from '../../base/error.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import type { CodeVerdict, ShownCode, VerificationWork } from './ports.ts';
import { keepReceipt } from './receipt.ts';
import { openShownGate } from './shown-gate.ts';

/** A code of another region that a counter here has scanned: the person shows it, so their consent is in it. */
export interface CodeQuestion {
  text: string;
  cause: Extract<UseCause, { category: 'service-item' }>;
  level: string;
  requesterId: string;
}

/** What a code came to. Personal data. */
export interface CodeFinding {
  kind: CodeVerdict['kind'];
  /** Why it is not genuine; null when it is. */
  refusal: ErrorCode | null;
  /** What its type is taken for here. */
  typeCode: string;
  /** What it shows and the agreement covers, by the names here; null unless it is genuine. */
  shown: ShownCode | null;
  /** What it shows beyond that, by the names there: to be looked away from. */
  omitted: string[];
  /** Since when keys and list are known here; null when they are not. */
  knownAt: Date | null;
  region: { code: string; name: string };
  agreement: { id: string; version: number };
  receiptId: string;
}

/** How old keys and lists may be before they are fetched again; which counter has a code before it does not matter. */
const refreshSeconds = 600;

/**
 * Checks a code that is shown, by keys and whole lists that are known here, so that its region does not learn who looks:
 * what it may see is that this region fetches, at most every ten minutes. The age of a status is that of the code, two
 * minutes at most, which its region made of a certificate in force. A design of this project. Throws credential-malformed,
 * credential-issuer-unknown, and the code of a refusal by the gate.
 */
export async function checkCode(work: VerificationWork, question: CodeQuestion): Promise<CodeFinding> {
  const { issuer, type } = readCode(question.text);
  const peer = await work.recognition.findPeer(issuer);
  if (peer?.state !== 'confirmed') throw new AppError('credential-issuer-unknown');
  const gate = await openShownGate(work, peer, { ...question, type });
  // Before anything is looked at; again once it is known what the code shows.
  gate([]);
  const verdict = await verdictOn(work, issuer, question.text);
  const names = verdict.kind === 'genuine' ? verdict.shown.fields.map(({ name }) => name) : [];
  const { standing, admission } = gate(names);
  const refusal = verdict.kind === 'genuine' ? null : codeOf(verdict.refusal);
  const { agreementId: id, version, digest } = standing;
  const receiptId = await keepReceipt(work, {
    side: 'scanned',
    peer: issuer,
    agreementId: id,
    agreementVersion: version,
    agreementDigest: digest,
    purpose: question.cause.itemCode,
    requesterId: question.requesterId,
    result: refusal ?? 'valid',
    requestHash: null,
    answerHash: null,
  });
  return {
    kind: verdict.kind,
    refusal,
    typeCode: admission.as,
    knownAt: verdict.knownAt,
    shown: verdict.kind === 'genuine' ? coveredOf(verdict.shown, admission.fieldMap) : null,
    omitted: admission.omitted,
    region: { code: peer.regionCode, name: peer.name },
    agreement: { id, version },
    receiptId,
  };
}

/** What another look at the region may put right: nothing was known of it, or it signs by a new key. */
const curable: readonly ErrorCode[] = [
  'offline-knowledge-missing',
  'offline-knowledge-too-old',
  'offline-key-unknown',
];

async function verdictOn(work: VerificationWork, issuer: string, text: string): Promise<CodeVerdict> {
  const age = await work.known.ageSecondsOf(issuer);
  const isFresh = age !== null && age <= refreshSeconds;
  if (!isFresh) await work.refreshKnown(issuer);
  const verdict = await work.checkCode(issuer, text);
  const canBeCured = isFresh && verdict.kind !== 'genuine' && curable.includes(codeOf(verdict.refusal));
  if (!canBeCured) return verdict;
  await work.refreshKnown(issuer);
  return await work.checkCode(issuer, text);
}

const codeOf = (refusal: Error): ErrorCode =>
  refusal instanceof AppError ? refusal.code : 'credential-malformed';

const coveredOf = (shown: ShownCode, fieldMap: Record<string, string>): ShownCode => ({
  ...shown,
  fields: shown.fields.flatMap((field) => {
    const name = fieldMap[field.name];
    return name === undefined ? [] : [{ ...field, name }];
  }),
});

/** How the type of a code that is shown begins; its version follows. */
const codeType = /^urn:yihao:presentation:([^:]+):\d+$/;

/** Reads whose code it says to be and of which type, before anything of it is believed. Throws credential-malformed. */
function readCode(text: string): { issuer: string; type: string } {
  try {
    const [, payload = ''] = text.trim().split('.');
    const { iss, vct } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const type = codeType.exec(String(vct))?.[1];
    if (typeof iss === 'string' && type !== undefined) return { issuer: iss, type };
  } catch {
    // Falls through to the refusal: a parser's own words may quote what it read.
  }
  throw new AppError('credential-malformed');
}
