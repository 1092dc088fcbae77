/**
 * Why a request across regions is not admitted, as it is said on the wire, with the status it is answered by. They are
 * values and no errors: that something is not covered is an answer like another. A design of this project.
 */
export const refusalStatus = {
  agreement_not_found: 403,
  agreement_not_active: 403,
  agreement_suspended: 403,
  agreement_expired: 403,
  agreement_terminated: 403,
  agreement_digest_mismatch: 409,
  agreement_status_stale: 503,
  mapping_unresolved: 409,
  certificate_type_not_covered: 403,
  channel_not_covered: 403,
  purpose_not_covered: 403,
  claim_not_covered: 403,
  insufficient_assurance: 403,
  consent_required: 403,
  federation_loop: 403,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** A request that is not admitted. */
export interface Refusal {
  admitted: false;
  code: RefusalCode;
}

/** Makes a refusal. */
export const refuse = (code: RefusalCode): Refusal => ({ admitted: false, code });
