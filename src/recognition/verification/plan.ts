import { AppError, type ErrorCode } from '../../base/error.ts';
import {
  describeCertificateIdentifier,
  parseCertificateIdentifier,
} from '../../terms/certificate-identifier.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import {
  admit,
  admitByAny,
  type CertificateAdmission,
  isStandingOf,
  type Standing,
} from '../admission/admit.ts';
import type { PeerRecord } from '../peer/peer.ts';
import type { AnswerRefusal } from './message.ts';
import type { GivenHolder, UseBasis, VerificationWork } from './ports.ts';
import { type AskedThere, askedThere } from './translate.ts';

/** A question of a department here about a certificate of another region. Personal data. */
export interface RegionQuestion {
  wants: 'verdict' | 'fields';
  holder: GivenHolder;
  /** Names the certificate; left out, one of the type is looked for. */
  identifier: string | null;
  /** The code of the region; left out, it is the issuer's as the identifier names it. */
  region: string | null;
  /** What the type is called here; needed without an identifier. */
  typeCode: string | null;
  /** Names of fields as they are called here. */
  fields: readonly string[];
  /** The context class the person reached with the department. */
  level: string;
  /** For a service item, whose code is the purpose in the agreement. */
  cause: Extract<UseCause, { category: 'service-item' }>;
  basis: UseBasis;
  requester: { id: string; name: { zh: string; en: string } };
}

/** A question that the gate here lets through, and by what. */
export interface Plan {
  question: RegionQuestion;
  peer: PeerRecord;
  standing: Standing;
  admission: CertificateAdmission;
  there: AskedThere;
}

/**
 * Decides a question by the agreements of this side, before anything is sent. Throws agreement-not-found, the code of the
 * refusal (purpose-not-covered …), and certificate-identifier-….
 */
export async function planQuestion(work: VerificationWork, question: RegionQuestion): Promise<Plan> {
  const peer = await peerFor(work, question);
  const standings = await standingsWith(work, peer);
  const { purpose, type } = purposeAndType(question);
  const asked = {
    from: peer.regionCode,
    to: work.self.regionCode,
    purpose,
    type,
    channel: 'gateway' as const,
    fields: question.fields,
  };
  const { standing, decision } = admitByAny(standings, (one) => {
    const request = {
      ...asked,
      ...askedThere(one, asked),
      kind: 'certificate',
      agreementDigest: null,
    } as const;
    const hasConsent = question.basis.kind === 'consent';
    return admit(one, { ...request, level: question.level, hasConsent }, work.clock.now());
  });
  if (standing === null || !decision.admitted)
    throw decision.admitted ? new AppError('agreement-not-found') : refusalError(decision.code);
  return { question, peer, standing, admission: decision, there: askedThere(standing, asked) };
}

function purposeAndType({ identifier, typeCode, cause }: RegionQuestion) {
  const there =
    identifier === null ? null : describeCertificateIdentifier(parseCertificateIdentifier(identifier));
  const type = there === null ? { here: typeCode ?? '' } : { there: there.typeCode };
  return { purpose: cause.itemCode, type };
}

/** Finds the region that is asked: the one named, else the smallest whose prefix the issuer's own region code has. */
async function peerFor(work: VerificationWork, { region, identifier }: RegionQuestion): Promise<PeerRecord> {
  const code = region ?? (identifier === null ? '' : regionOfIssuer(identifier));
  const named = await work.recognition.findPeersNamed([code, code.slice(0, 4), code.slice(0, 2)]);
  const peers = named.filter(({ state }) => state === 'confirmed');
  const found =
    peers.find(({ regionCode }) => regionCode === code) ??
    peers
      .filter(({ regionPrefix }) => region === null && code.startsWith(regionPrefix))
      .sort((one, other) => other.regionPrefix.length - one.regionPrefix.length)[0];
  if (found === undefined) throw new AppError('agreement-not-found');
  return found;
}

/** A credit code holds the region of who it was given to as its third to eighth characters. */
function regionOfIssuer(identifier: string): string {
  const { issuerCode } = describeCertificateIdentifier(parseCertificateIdentifier(identifier));
  return issuerCode.length === 6 ? issuerCode : issuerCode.slice(2, 8);
}

/** Reads what stands towards a peer: under its region code, and with it as a party. */
export async function standingsWith(
  { recognition }: Pick<VerificationWork, 'recognition'>,
  peer: PeerRecord,
): Promise<Standing[]> {
  const standings = await recognition.findEffective(peer.regionCode);
  return standings.filter((standing) => isParty(standing, peer._id));
}

/** Tells whether a region is a party of what a standing is made of. */
export const isParty = (standing: Standing, entityId: string): boolean => isStandingOf(standing, entityId);

const codes: Partial<Record<AnswerRefusal, ErrorCode>> = {
  agreement_not_found: 'agreement-not-found',
  agreement_not_active: 'agreement-not-active',
  agreement_suspended: 'agreement-suspended',
  agreement_expired: 'agreement-expired',
  agreement_terminated: 'agreement-terminated',
  agreement_digest_mismatch: 'agreement-digest-mismatch',
  agreement_status_stale: 'agreement-status-stale',
  mapping_unresolved: 'mapping-unresolved',
  certificate_type_not_covered: 'certificate-type-not-covered',
  channel_not_covered: 'channel-not-covered',
  purpose_not_covered: 'purpose-not-covered',
  insufficient_assurance: 'insufficient-assurance',
  consent_required: 'consent-required',
  slow_down: 'region-slow-down',
};

/** Turns a refusal on the wire into the one a department reads; one that no question of this kind has is no answer. */
export function refusalError(code: AnswerRefusal, waitSeconds = 60): AppError {
  const known = codes[code];
  if (known === undefined) return new AppError('peer-answer-invalid', { fault: 'refusal' });
  return new AppError(known, code === 'slow_down' ? { waitSeconds } : {});
}
