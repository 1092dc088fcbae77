import type { Standing } from './admission/admit.ts';
import {
  type ActOfTwo,
  confirmSuspension,
  type ReasonedAct,
  rejectProposal,
  resumeAgreement,
  suspendAgreement,
  terminateAgreement,
  withdrawProposal,
} from './agreement/act.ts';
import type { AgreementPlace } from './agreement/append.ts';
import type { AgreementContent } from './agreement/document.ts';
import {
  type AgreementDraft,
  type Drafted,
  draftAgreement,
  redraftAgreement,
} from './agreement/draft-agreement.ts';
import { findEffective, findStanding, findVersions, listAgreements } from './agreement/find-agreement.ts';
import type { Agreement } from './agreement/lifecycle.ts';
import {
  type AgreementFile,
  type AgreementPage,
  type AgreementQuery,
  listUnconfirmed,
  pageAgreements,
  readAgreement,
  type Unconfirmed,
} from './agreement/read-agreement.ts';
import type { AgreementRecord } from './agreement/record.ts';
import { rotateAgreementKey } from './agreement/rotate-key.ts';
import { countersignAgreement, proposeAgreement, type Signing } from './agreement/sign-agreement.ts';
import { createOverview, type Towards } from './overview.ts';
import type { Work } from './ports.ts';

/** What can be done with agreements here; each act leaves an envelope for the peer among the undelivered. */
export interface Agreements {
  draftAgreement(draft: AgreementDraft): Promise<Drafted>;
  redraftAgreement(draft: AgreementPlace & { content: AgreementContent; actor: string }): Promise<Drafted>;
  proposeAgreement(signing: Signing): Promise<void>;
  countersignAgreement(signing: Signing): Promise<void>;
  withdrawProposal(act: ReasonedAct): Promise<void>;
  rejectProposal(act: ReasonedAct): Promise<void>;
  suspend(act: ReasonedAct & { secondOfficer: string | null }): Promise<void>;
  confirmSuspension(act: AgreementPlace & { actor: string }): Promise<void>;
  resume(act: ActOfTwo): Promise<void>;
  terminate(act: Parameters<typeof terminateAgreement>[1]): Promise<void>;
  rotateAgreementKey(actor: string): Promise<void>;
  /** Reads every version of an agreement, the newest first. */
  findVersions(agreementId: string): Promise<Agreement[]>;
  /** Reads the agreements with a region. */
  listAgreements(regionCode: string): Promise<Agreement[]>;
  /** Lists agreements for officers, each by its newest version, page by page. */
  pageAgreements(query: AgreementQuery): Promise<AgreementPage>;
  /** Reads one version for officers, with its history. Throws agreement-missing. */
  readAgreement(place: AgreementPlace): Promise<AgreementFile>;
  /** Lists what one officer here suspended alone and no second has confirmed yet. */
  listUnconfirmed(): Promise<Unconfirmed[]>;
  findStanding(agreementId: string): Promise<Standing | null>;
  findEffective(regionCode: string): Promise<Standing[]>;
  /** Lists what stands towards every confirmed region, to choose from; of many regions it reads what was written since. */
  listEffective(): Promise<Towards[]>;
}

/** The records are the domain's own: who acts learns how it went by reading the agreement. */
const silent = async (done: Promise<AgreementRecord>): Promise<void> => {
  await done;
};

/** Binds what can be done with agreements to the stores. */
export const agreementsOf = (work: Work): Agreements => ({
  draftAgreement: (draft) => draftAgreement(work, draft),
  redraftAgreement: (draft) => redraftAgreement(work, draft),
  proposeAgreement: (signing) => silent(proposeAgreement(work, signing)),
  countersignAgreement: (signing) => silent(countersignAgreement(work, signing)),
  withdrawProposal: (act) => silent(withdrawProposal(work, act)),
  rejectProposal: (act) => silent(rejectProposal(work, act)),
  suspend: (act) => silent(suspendAgreement(work, act)),
  confirmSuspension: (act) => silent(confirmSuspension(work, act)),
  resume: (act) => silent(resumeAgreement(work, act)),
  terminate: (act) => silent(terminateAgreement(work, act)),
  rotateAgreementKey: (actor) => rotateAgreementKey(work, actor),
  findVersions: (agreementId) => findVersions(work, agreementId),
  listAgreements: (regionCode) => listAgreements(work, regionCode),
  pageAgreements: (query) => pageAgreements(work, query),
  readAgreement: (place) => readAgreement(work, place),
  listUnconfirmed: () => listUnconfirmed(work),
  findStanding: (agreementId) => findStanding(work, agreementId),
  findEffective: (regionCode) => findEffective(work, regionCode),
  listEffective: createOverview(work),
});
