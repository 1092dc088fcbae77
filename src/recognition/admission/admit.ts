/**
 * The gate. Decides of one request across regions whether an agreement covers it, and what of it. Owns the order in which
 * things are looked at and the words of a refusal (refusals.ts); owns no network, no store and no rate: the limit a rule
 * sets is handed out with the admission, for the edge to count. Both regions run this very function on the same doubly
 * signed text before anything is sent or answered. Control leaves by the value returned.
 */
import { type AssuranceLevel, acrOf, levelOf } from '../../terms/assurance.ts';
import type { TrustLevel } from '../../terms/trust-level.ts';
import { type Agreement, type AgreementState, isFresh, stateOf } from '../agreement/lifecycle.ts';
import type { CertificateRule, Rules, SignInRule } from '../agreement/rules.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';

/** What two regions stand on towards each other: one agreement, or a framework with the accessions of both. */
export interface Standing {
  agreementId: string;
  version: number;
  digest: string;
  /** All of them have to be active. */
  parts: Agreement[];
  rules: Rules;
  /** Whether the rules refer to a mapping that is not here with that very text; there are no rules then. */
  isUnresolved: boolean;
}

/** Tells whether regions are parties of what a standing is made of; who only operates a framework is none. */
export const isStandingOf = ({ parts }: Standing, ...entityIds: string[]): boolean =>
  entityIds.every((entityId) =>
    parts.some(({ document }) =>
      document.parties.some((party) => party.entityId === entityId && party.role === 'party'),
    ),
  );

interface Asked {
  /** Null where the asker goes by whatever stands here, as its own side does before it has asked. */
  agreementDigest: string | null;
  /** The region that vouches, and the one that relies on it. */
  from: string;
  to: string;
  purpose: string;
}

/** A citizen of one region wants to sign in at a site of another. */
export interface SignInRequest extends Asked {
  kind: 'sign-in';
  claims: readonly string[];
  /** The context class reached at home; null before the person has signed in there. */
  level: string | null;
  /** The least that the site takes, after mapping; null when it takes any. */
  wantedLevel: string | null;
  /** The regions the request has come through, the first one first. */
  path: readonly string[];
  /** Whether the home session was itself brokered by another region. */
  isBrokered: boolean;
}

/** A department of one region asks for a certificate of another. */
export interface CertificateRequest extends Asked {
  kind: 'certificate';
  type: string;
  fields: readonly string[];
  /** The context class the person reached. */
  level: string;
  channel: 'gateway' | 'presentation';
  /** Whether the person allowed this use; whether what it names stands is asked of its own region. */
  hasConsent: boolean;
}

export interface SignInAdmission {
  admitted: true;
  kind: 'sign-in';
  /** The level at the other region: mapped, capped, never above the original; null before the person has signed in. */
  level: string | null;
  minimumLevel: string;
  maximumAuthenticationAgeSeconds: number;
  claims: string[];
}

export interface CertificateAdmission {
  admitted: true;
  kind: 'certificate';
  /** What the type is taken for at the region that asked. */
  as: string;
  fields: string[];
  /** What was asked and is not covered: it is not sent, and that it is not is told. */
  omitted: string[];
  /** What each covered field is called at the region that asked. */
  fieldMap: Record<string, string>;
  trustMap: Partial<Record<TrustLevel, TrustLevel>>;
  maximumStatusAgeSeconds: number;
  retentionDays: number;
  requestsPerMinute: number;
}

/** Decides a request; pure, and the same on both sides. */
export function admit(standing: Standing, request: SignInRequest, now: Date): SignInAdmission | Refusal;
export function admit(
  standing: Standing,
  request: CertificateRequest,
  now: Date,
): CertificateAdmission | Refusal;
export function admit(
  standing: Standing,
  request: SignInRequest | CertificateRequest,
  now: Date,
): SignInAdmission | CertificateAdmission | Refusal {
  const { agreementDigest } = request;
  if (agreementDigest !== null && agreementDigest !== standing.digest)
    return refuse('agreement_digest_mismatch');
  const closed = closedBy(standing, now);
  if (closed !== null) return refuse(closed);
  if (standing.isUnresolved) return refuse('mapping_unresolved');
  return request.kind === 'sign-in'
    ? admitSignIn(standing.rules, request)
    : admitCertificate(standing.rules, request);
}

const closedStates: Readonly<Record<AgreementState, RefusalCode | null>> = {
  draft: 'agreement_not_active',
  proposed: 'agreement_not_active',
  withdrawn: 'agreement_not_active',
  rejected: 'agreement_not_active',
  countersigned: 'agreement_not_active',
  active: null,
  suspended: 'agreement_suspended',
  terminated: 'agreement_terminated',
  expired: 'agreement_expired',
  // The other side goes by the next version, or will in a moment.
  superseded: 'agreement_digest_mismatch',
};

/** Tells why a standing is closed, by its first part that is not active; null when all are and the peer was heard. */
function closedBy({ parts }: Standing, now: Date): RefusalCode | null {
  for (const part of parts) {
    const code = closedStates[stateOf(part, now)];
    if (code !== null) return code;
  }
  return parts.every((part) => isFresh(part, now)) ? null : 'agreement_status_stale';
}

function admitSignIn(rules: Rules, request: SignInRequest): SignInAdmission | Refusal {
  const { from, to, purpose, claims, path, isBrokered } = request;
  // One hop at most: who came from elsewhere is not vouched for, and no one comes home by another way.
  if (isBrokered || path.includes(from) || path.some((region) => region !== to) || path.length > 1)
    return refuse('federation_loop');
  const ours = rules.signIn.filter((rule) => rule.from === from && rule.to === to);
  const rule = ours.find(({ purposes }) => purposes.includes(purpose));
  if (rule === undefined) return refuse('purpose_not_covered');
  if (!claims.every((claim) => rule.claims.includes(claim))) return refuse('claim_not_covered');
  const level = request.level === null ? null : levelUnder(rule, request.level);
  const wanted = request.wantedLevel === null ? 1 : levelOf(request.wantedLevel);
  // Before the person has signed in, what the cap can never reach is refused already.
  const reach = level ?? (request.level === null ? levelOf(rule.maximumLevel) : null);
  if (reach === null || wanted === null || reach < wanted) return refuse('insufficient_assurance');
  return {
    admitted: true,
    kind: 'sign-in',
    level: level === null ? null : acrOf(level),
    minimumLevel: rule.minimumLevel,
    maximumAuthenticationAgeSeconds: rule.maximumAuthenticationAgeSeconds,
    claims: [...claims],
  };
}

/** What a level of the home region counts for; null when it is too low, or counts for nothing. */
function levelUnder(rule: SignInRule, acr: string): AssuranceLevel | null {
  const [original, least] = [levelOf(acr), levelOf(rule.minimumLevel)];
  const mapped = original === null ? null : levelOf(rule.levelMap[acr] ?? '');
  const cap = levelOf(rule.maximumLevel);
  if (original === null || least === null || mapped === null || cap === null || original < least) return null;
  const [lowest = original] = [original, mapped, cap].sort((a, b) => a - b);
  return lowest;
}

function admitCertificate(rules: Rules, request: CertificateRequest): CertificateAdmission | Refusal {
  const { from, to, type, purpose, channel } = request;
  const ofType = rules.certificates.filter(
    (rule) => rule.from === from && rule.to === to && rule.type === type,
  );
  if (ofType.length === 0) return refuse('certificate_type_not_covered');
  const ofPurpose = ofType.filter(({ purposes }) => purposes.includes(purpose));
  if (ofPurpose.length === 0) return refuse('purpose_not_covered');
  const rule = ofPurpose.find(({ channels }) => channels.includes(channel));
  if (rule === undefined) return refuse('channel_not_covered');
  const [level, least] = [levelOf(request.level), levelOf(rule.minimumLevel)];
  if (level === null || least === null || level < least) return refuse('insufficient_assurance');
  if (rule.consent === 'explicit' && !request.hasConsent) return refuse('consent_required');
  return certificateUnder(rule, request.fields);
}

function certificateUnder(rule: CertificateRule, asked: readonly string[]): CertificateAdmission {
  const fields = asked.filter((field) => rule.fields.includes(field));
  return {
    admitted: true,
    kind: 'certificate',
    as: rule.as,
    fields,
    omitted: asked.filter((field) => !rule.fields.includes(field)),
    fieldMap: Object.fromEntries(fields.map((field) => [field, rule.fieldMap[field] ?? field])),
    trustMap: rule.trustMap,
    maximumStatusAgeSeconds: rule.maximumStatusAgeSeconds,
    retentionDays: rule.retentionDays,
    requestsPerMinute: rule.requestsPerMinute,
  };
}

/** A request that was decided, with what it was decided by. */
export interface Decided<T> {
  standing: Standing | null;
  decision: T | Refusal;
}

/**
 * Decides a request by the first of several standings that admits it; where none does, by the refusal of the last, and by
 * agreement_not_found where there is nothing at all. For the side that asks: the other is told which one it was.
 */
export function admitByAny<T>(
  standings: readonly Standing[],
  decide: (standing: Standing) => T | Refusal,
): Decided<T> {
  let last: Decided<T> = { standing: null, decision: refuse('agreement_not_found') };
  for (const standing of standings) {
    const decision = decide(standing);
    last = { standing, decision };
    if (!isRefusal(decision)) return last;
  }
  return last;
}

const isRefusal = (decision: unknown): decision is Refusal =>
  typeof decision === 'object' && decision !== null && 'admitted' in decision && decision.admitted === false;
