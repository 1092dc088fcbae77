import type { AgreementPlace } from './agreement/append.ts';
import { judged } from './agreement/judge.ts';
import type { Agreement } from './agreement/lifecycle.ts';
import { type Folder, receiveFolder } from './framework/folder.ts';
import { listPairs, type MemberPair } from './framework/list-pairs.ts';
import { memberListMail } from './framework/mail.ts';
import type { MemberList } from './framework/member-list.ts';
import { folderFor, type SignedList, signMemberList, writeMemberList } from './framework/publish.ts';
import { receiveMemberList } from './framework/take.ts';
import type { Mail } from './link/mail.ts';
import type { Work } from './ports.ts';

/** A framework as it is known here, and who its operator lists as its members. */
export interface FrameworkView {
  framework: Agreement;
  members: MemberList['members'];
}

/** What can be done with frameworks beside what is done with every agreement. */
export interface Frameworks {
  /** Lists the frameworks known here, every version, with the members that the operator lists. */
  listFrameworks(): Promise<FrameworkView[]>;
  /** Lists the other members of what this region has joined, each by the identifier that requests between the two bear. */
  listPairs(): Promise<MemberPair[]>;
  /** Signs what this region says of its frameworks and their members now. */
  signMemberList(): Promise<SignedList>;
  /** Packs a text with all its chains for a peer that the list was sent to; null for what is not theirs to see. */
  folderFor(entityId: string, place: AgreementPlace): Promise<Folder | null>;
  /** Takes an operator's list; returns of which texts something is missing here. Throws peer-not-trusted, agreement-signature-invalid. */
  receiveMemberList(from: string, token: string): Promise<AgreementPlace[]>;
  /** Takes a text that the list names. Throws agreement-missing, and what verifying it throws. */
  receiveFolder(from: string, folder: Folder): Promise<void>;
  /** What the link carries to peers. */
  mail: Mail;
}

/** Binds what can be done with frameworks to the stores. */
export const frameworksOf = (work: Work): Frameworks => ({
  listFrameworks: () => listFrameworks(work),
  listPairs: () => listPairs(work),
  signMemberList: () => signMemberList(work),
  folderFor: (entityId, place) => folderFor(work, entityId, place),
  receiveMemberList: (from, token) => receiveMemberList(work, from, token),
  receiveFolder: (from, folder) => receiveFolder(work, from, folder),
  mail: memberListMail(work),
});

async function listFrameworks(work: Work): Promise<FrameworkView[]> {
  const [records, held, own] = await Promise.all([
    work.agreements.frameworks(),
    work.lists.all(),
    writeMemberList(work),
  ]);
  const members = [...held.map(({ list }) => list), own].flatMap((list) => list.members);
  return (await judged(work, records)).map((framework) => ({
    framework,
    members: members.filter(
      ({ framework: { agreementId, agreementVersion } }) =>
        agreementId === framework.document.id && agreementVersion === framework.document.version,
    ),
  }));
}
