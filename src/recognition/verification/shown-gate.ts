import { AppError } from '../../base/error.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import { admit, admitByAny, type CertificateAdmission, type Standing } from '../admission/admit.ts';
import type { PeerRecord } from '../peer/peer.ts';
import { refusalError, standingsWith } from './plan.ts';
import type { VerificationWork } from './ports.ts';

/** What is shown at a counter here, before it is known which fields. */
export interface ShownType {
  type: string;
  cause: Extract<UseCause, { category: 'service-item' }>;
  level: string;
}

/** Lets fields pass, and by what; throws the code of a refusal. */
export type ShownGate = (fields: readonly string[]) => {
  standing: Standing;
  admission: CertificateAdmission;
};

/**
 * Opens the gate for what a citizen of another region shows here: by the agreements as they stand now, asking no one. It
 * is gone through before anything is looked at, and again once the fields are known.
 */
export async function openShownGate(
  work: VerificationWork,
  peer: PeerRecord,
  { type, cause, level }: ShownType,
): Promise<ShownGate> {
  const standings = await standingsWith(work, peer);
  const asked = {
    kind: 'certificate',
    channel: 'presentation',
    agreementDigest: null,
    type,
    from: peer.regionCode,
    to: work.self.regionCode,
    purpose: cause.itemCode,
    level,
    // Showing it is the consent.
    hasConsent: true,
  } as const;
  return (fields) => {
    const { standing, decision } = admitByAny(standings, (one) =>
      admit(one, { ...asked, fields }, work.clock.now()),
    );
    if (!decision.admitted) throw refusalError(decision.code);
    if (standing === null || decision.kind !== 'certificate') throw new AppError('agreement-not-found');
    return { standing, admission: decision };
  };
}
