import { epochSeconds } from '../../base/clock.ts';
import { thumbprintOf } from '../../crypto/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { AgreementPlace } from '../agreement/append.ts';
import { stateOf } from '../agreement/lifecycle.ts';
import {
  type AgreementRecord,
  agreementOf,
  documentOf,
  recordId,
  signedDigestOf,
} from '../agreement/record.ts';
import { statusOf } from '../agreement/status.ts';
import { trustedPeer } from '../peer/peers.ts';
import type { Work } from '../ports.ts';
import { type Folder, folderOf } from './folder.ts';
import {
  type Listed,
  listBytes,
  listHoldsSeconds,
  listTtlSeconds,
  type Member,
  type MemberList,
  memberListType,
  memberState,
} from './member-list.ts';

/** A list as it goes out. */
export interface SignedList {
  version: number;
  token: string;
}

/** Tells how far what this region lists has come; 0 while it operates no framework. */
export const listVersion = (work: Work): Promise<number> => work.agreements.editionOf(work.self.regionCode);

/** Signs what this region says of its frameworks and their members now. */
export async function signMemberList(work: Work): Promise<SignedList> {
  const list = await writeMemberList(work);
  const bytes = listBytes(list);
  const { current } = await work.keys.load();
  const header = { typ: memberListType, iss: work.self.entityId };
  const signed = await work.keys.sign(thumbprintOf(current), bytes, header);
  const token = `${signed.protected}.${bytes.toString('base64url')}.${signed.signature}`;
  return { version: list.version, token };
}

/** Writes the list of this region; one that operates no framework has an empty one. */
export async function writeMemberList(work: Work): Promise<MemberList> {
  const version = await listVersion(work);
  const iat = epochSeconds(work.clock);
  const { frameworks, accessions } = await operatedBy(work);
  return {
    iss: work.self.entityId,
    iat,
    exp: iat + listHoldsSeconds,
    ttl: listTtlSeconds,
    version,
    frameworks: frameworks.flatMap((record) => listedOf(record) ?? []),
    members: accessions.flatMap((record) => memberOf(work, record) ?? []),
  };
}

/** Packs a text with its chains for a peer that the list was sent to: a framework for any, an accession for its members. */
export async function folderFor(
  work: Work,
  entityId: string,
  { agreementId, agreementVersion }: AgreementPlace,
): Promise<Folder | null> {
  await trustedPeer(work, entityId);
  const { frameworks, accessions } = await operatedBy(work);
  const wanted = recordId(agreementId, agreementVersion);
  const found = [...frameworks, ...accessions].find(({ _id }) => _id === wanted);
  const hasJoined = accessions.some(({ chains: [member] }) => member?.party === entityId);
  return found === undefined || (found.kind === 'accession' && !hasJoined) ? null : folderOf(found);
}

/** Reads the frameworks of this region and what was signed by both to join them, each until its last day. */
async function operatedBy(work: Work) {
  const records = await work.agreements.underOperator(work.self.regionCode);
  const today = shanghaiDateOf(work.clock.now());
  const whole = records.filter(
    (record) =>
      signedDigestOf(record) !== null &&
      record.chains.at(-1)?.party === work.self.entityId &&
      documentOf(record).validUntil >= today,
  );
  return {
    frameworks: whole.filter(({ kind }) => kind === 'framework'),
    accessions: whole.filter(({ kind }) => kind === 'accession'),
  };
}

function listedOf(record: AgreementRecord): Listed | null {
  const { signedDigest, ...status } = statusOf(record);
  return signedDigest === null ? null : { ...status, signedDigest };
}

function memberOf(work: Work, record: AgreementRecord): Member | null {
  const agreement = agreementOf(record, work.self.entityId);
  const { document, progress } = agreement;
  const accession = listedOf(record);
  const state = memberState(stateOf(agreement, work.clock.now()));
  const key = progress[0]?.key;
  if (document.kind !== 'accession' || accession === null || state === null || key === undefined) return null;
  const { entityId, regionCode, regionPrefix, name } = document.parties[0];
  const { id: agreementId, version: agreementVersion } = document.framework;
  const framework = { agreementId, agreementVersion };
  const agreementKey = { kty: 'EC' as const, crv: 'P-256' as const, x: key.x, y: key.y };
  return { entityId, regionCode, regionPrefix, name, agreementKey, state, framework, accession };
}
