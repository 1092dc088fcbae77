import {
  type AgreementContent,
  type AgreementPlace,
  admit,
  admitByAny,
  folderShape,
  memberListKinds,
  type Party,
  type Recognition,
  type SignInRequest,
} from '../../src/recognition/index.ts';
import type { FrozenClock } from '../support/frozen-clock.ts';
import { beat, certificateTerms, contentOf, type Region, signInTerms } from './regions.ts';

type Accession = Extract<AgreementContent, { kind: 'accession' }>;
type Signed = AgreementPlace & { digest: string };

export const terms = { signIn: [signInTerms], certificates: [certificateTerms] };

const sharedOf = (party: Party) => {
  const { kind, parties, rules, ...shared } = contentOf([party, party]) as Extract<
    AgreementContent,
    { kind: 'bilateral' }
  >;
  return shared;
};

/** A framework of one operator; what it covers is what the bilateral text of the other tests does. */
export const frameworkOf = (operator: Party, changes: object = {}): AgreementContent => ({
  ...sharedOf(operator),
  kind: 'framework',
  parties: [{ ...operator, role: 'operator' }],
  terms,
  ...changes,
});

/** What a member joins by, offering and accepting all of the framework. */
export const accessionOf = (
  member: Party,
  operator: Party,
  { agreementId: id, agreementVersion: version, digest }: Signed,
  changes: Partial<Accession> = {},
): AgreementContent => ({
  ...sharedOf(member),
  kind: 'accession',
  parties: [member, { ...operator, role: 'operator' }],
  framework: { id, version, digest },
  offers: terms,
  acceptances: terms,
  reservations: [],
  ...changes,
});

/** Drafts by one officer and signs by another. */
export async function sign(recognition: Recognition, content: AgreementContent): Promise<Signed> {
  const drafted = await recognition.draftAgreement({ content, after: null, actor: 'o1' });
  await recognition.proposeAgreement({ ...drafted, digestSeen: drafted.digest, actor: 'o2' });
  return drafted;
}

/** Lets an operator tell its list, and whatever the other side lacks of it. */
export async function tell(operator: Region, member: Region): Promise<void> {
  await operator.recognition.mail.send(
    member.entityId,
    async (_peer, kind, content) => {
      const answer =
        kind.path === memberListKinds.list.path
          ? {
              missing: await member.recognition.receiveMemberList(operator.entityId, String(content['list'])),
            }
          : { done: await member.recognition.receiveFolder(operator.entityId, folderShape.parse(content)) };
      return { claims: answer } as never;
    },
    () => true,
  );
}

/** Sends what one side has for the other, and lets it hear the answers. */
export async function send(from: Region, to: Region, clock: FrozenClock): Promise<void> {
  for (const { envelope } of await from.recognition.listDue(to.entityId, 100)) {
    const status = await to.recognition.receive(from.entityId, envelope);
    await from.recognition.hear(to.entityId, { status, saidAt: clock.now() });
  }
}

/** Lets every member hear from the operator, and the operator from them. */
export async function hearAll(operator: Region, members: readonly Region[], clock: FrozenClock) {
  for (const member of members) {
    await send(member, operator, clock);
    await send(operator, member, clock);
    await beat(operator, member, clock);
  }
  for (const member of members) await tell(operator, member);
}

/** Joins a region: it signs, the operator admits it. */
export async function join(
  operator: Region,
  member: Region,
  framework: Signed,
  clock: FrozenClock,
  changes: Partial<Accession> = {},
): Promise<Signed> {
  const content = accessionOf(await member.party(), await operator.party(), framework, changes);
  const signed = await sign(member.recognition, content);
  await send(member, operator, clock);
  await operator.recognition.countersignAgreement({ ...signed, digestSeen: signed.digest, actor: 'o3' });
  await send(operator, member, clock);
  await send(member, operator, clock);
  return signed;
}

/** A citizen of the first region wants to sign in at the second. */
export const signInFrom = (
  home: string,
  host: string,
  changes: Partial<SignInRequest> = {},
): SignInRequest => ({
  kind: 'sign-in',
  agreementDigest: null,
  from: home,
  to: host,
  purpose: 'P0301',
  claims: ['name'],
  level: 'urn:yihao:loa:4',
  wantedLevel: null,
  path: [host],
  isBrokered: false,
  ...changes,
});

/** Asks as the host does and answers as the home does: a level, or why not, on either side. */
export async function decideBoth(
  host: Region,
  home: Region,
  now: Date,
  changes: Partial<SignInRequest> = {},
) {
  const request = signInFrom(home.regionCode, host.regionCode, changes);
  const asked = admitByAny(await host.recognition.findEffective(home.regionCode), (standing) =>
    admit(standing, request, now),
  );
  const said = ({ admitted, ...decision }: typeof asked.decision) =>
    'code' in decision ? decision.code : decision.level;
  const { standing } = asked;
  if (standing === null) return [said(asked.decision), null];
  const answering = await home.recognition.findStanding(standing.agreementId);
  const answer = answering && admit(answering, { ...request, agreementDigest: standing.digest }, now);
  return [said(asked.decision), answer === null ? null : said(answer)];
}
