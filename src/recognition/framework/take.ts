import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import type { AgreementPlace } from '../agreement/append.ts';
import { stateOf } from '../agreement/lifecycle.ts';
import { type AgreementRecord, agreementOf, recordId, signedDigestOf } from '../agreement/record.ts';
import { comparedPeer, type Vouched, vouchFor } from '../peer/vouch.ts';
import type { Work } from '../ports.ts';
import { holds } from './folder.ts';
import { isMember, keyOf, type Listed, type Member, readMemberList } from './member-list.ts';

/**
 * Takes the list of an operator whose key officers here compared; returns of which texts something is missing here. Where
 * this region has joined, the members are trusted by the operator's word. Throws peer-not-trusted,
 * agreement-signature-invalid for what is no list of it that holds now.
 */
export async function receiveMemberList(work: Work, from: string, token: string): Promise<AgreementPlace[]> {
  const { keys } = await comparedPeer(work, from);
  const nowSeconds = epochSeconds(work.clock);
  const received = await readMemberList(token, { issuer: from, keys, nowSeconds });
  if (received === null) throw new AppError('agreement-signature-invalid');
  // A clock that is ahead does not make a list count for longer.
  const issuedAt = new Date(Math.min(received.iat, nowSeconds) * 1000);
  await work.lists.keep({ _id: from, issuedAt, version: received.version, list: received });

  // One that was overtaken on its way is answered for by the one that is held.
  const list = (await work.lists.byId(from))?.list ?? received;
  const joined = await joinedUnder(work, from);
  const others = list.members.filter(
    (member) => member.entityId !== work.self.entityId && joined.has(frameworkIdOf(member)),
  );
  await vouchFor(work, from, others.filter(isMember).map(regionOf));
  return missingOf(work, [...list.frameworks, ...others.map(({ accession }) => accession)]);
}

const frameworkIdOf = ({ framework }: Member): string => framework.agreementId;

const regionOf = (member: Member): Vouched => ({
  entityId: member.entityId,
  regionCode: member.regionCode,
  regionPrefix: member.regionPrefix,
  name: member.name,
  agreementKey: keyOf(member),
});

/** Names the frameworks of an operator that this region has joined and not left. */
async function joinedUnder({ agreements, self, clock }: Work, operator: string): Promise<Set<string>> {
  const records = await agreements.accessionsOf(self.regionCode);
  const own = records.filter(
    (record) =>
      record.chains[0]?.party === self.entityId &&
      record.chains[1]?.party === operator &&
      signedDigestOf(record) !== null,
  );
  const joined = own.map((record) => agreementOf(record, self.entityId));
  return new Set(
    joined.flatMap((agreement) => {
      const isOver = ['terminated', 'expired', 'withdrawn'].includes(stateOf(agreement, clock.now()));
      return agreement.document.kind === 'accession' && !isOver ? [agreement.document.framework.id] : [];
    }),
  );
}

async function missingOf({ agreements }: Work, listed: readonly Listed[]): Promise<AgreementPlace[]> {
  const records = await Promise.all(
    listed.map(({ agreementId, agreementVersion }) =>
      agreements.byId(recordId(agreementId, agreementVersion)),
    ),
  );
  return listed
    .filter((line, i) => isMissing(records[i] ?? null, line))
    .map(({ agreementId, agreementVersion }) => ({ agreementId, agreementVersion }));
}

/** Another text under the same number is not asked for: nothing is taken in place of what is here. */
const isMissing = (record: AgreementRecord | null, line: Listed): boolean =>
  record === null || (record.digest === line.digest && !holds(record, line));
