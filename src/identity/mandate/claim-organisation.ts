import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { type CreditCode, parseCreditCode } from '../../terms/credit-code.ts';
import { stateOf } from './lifecycle.ts';
import { creditCodeContext, type OrganisationRecord } from './mandate.ts';
import { countAttempt, findKnown } from './people.ts';
import type { MandateWork } from './ports.ts';

/**
 * Opens an organisation to its legal representative: the business licence in force says that the number is this person's.
 * Again it renews the proof, after the licence was changed. Throws person-not-known, too-many-requests, what
 * parseCreditCode throws, organisation-not-proved, and storage-unavailable.
 */
export async function claimOrganisation(
  work: MandateWork,
  { accountId, creditCode: typed }: { accountId: string; creditCode: string },
): Promise<{ organisationId: string }> {
  const creditCode = parseCreditCode(typed);
  const { number } = await findKnown(work, accountId);
  await countAttempt(work, accountId);
  const proof = await work.evidence.findRepresentation({ accountId, number, creditCode });
  if (proof === null) throw new AppError('organisation-not-proved');

  const organisation = await openOrganisation(work, creditCode, proof.organisationName, accountId);
  await prove(work, organisation._id, accountId, proof.provenBy);
  return { organisationId: organisation._id };
}

const openOrganisation = async (
  work: MandateWork,
  creditCode: CreditCode,
  name: string,
  actor: string,
): Promise<OrganisationRecord> => {
  const { store, clock, cipher, blindIndex } = work;
  const creditCodeIndex = blindIndex.of('credit-code', creditCode);
  const found = await store.organisationByCode(creditCodeIndex);
  if (found !== null) {
    const event = newEvent(clock, 'organisation.renamed', actor);
    // Who was before us read the same licence.
    if (found.name !== name) await store.renameOrganisation(found, name, event);
    return found;
  }
  const _id = newId();
  const made: OrganisationRecord = {
    _id,
    creditCodeIndex,
    creditCode: cipher.seal(creditCode, creditCodeContext(_id)),
    name,
    version: 1,
    outbox: [newEvent(clock, 'organisation.opened', actor)],
    createdAt: clock.now(),
  };
  if (await store.insertOrganisation(made)) return made;
  const other = await store.organisationByCode(creditCodeIndex);
  if (other === null) throw new AppError('storage-unavailable');
  return other;
};

const prove = async (
  { store, clock }: MandateWork,
  principalId: string,
  agentId: string,
  provenBy: string,
): Promise<void> => {
  const event = newEvent(clock, 'mandate.proved', agentId, { role: 'representative', provenBy });
  const standing = (await store.mandatesBetween(principalId, agentId)).find(
    (one) => one.role === 'representative' && stateOf(one, clock.now()) === 'active',
  );
  if (standing?.provenBy === provenBy) return;
  if (standing !== undefined) {
    if (await store.swapMandate(standing, { provenBy }, event)) return;
    throw new AppError('storage-unavailable');
  }
  await store.insertMandate({
    _id: newId(),
    kind: 'organisation',
    principalId,
    agentId,
    role: 'representative',
    items: [],
    status: 'active',
    offeredBy: agentId,
    answererId: null,
    answerBy: null,
    expiresAt: null,
    provenBy,
    offeredAt: clock.now(),
    version: 1,
    outbox: [event],
  });
};
