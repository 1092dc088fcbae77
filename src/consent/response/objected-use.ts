import { AppError } from '../../base/error.ts';
import { type AccessRow, type Reader, viewAccess } from '../ledger/access-row.ts';
import { recordAccess } from '../ledger/record-access.ts';
import { limitOf, mergePage, type Page, type PageRequest, positionOf } from '../page.ts';
import type { Work } from '../ports.ts';
import { type Objection, type ObjectionReason, viewObjection } from './objection.ts';
import type { ObjectionState } from './objection-lifecycle.ts';

/** A use that a citizen objects to, for officers who look for one; what the citizen wrote is not in it. */
export interface ObjectedUse {
  objectionId: string;
  reason: ObjectionReason;
  openedAt: Date;
  use: AccessRow;
}

/** An officer who reads what a citizen wrote, and what for. */
export interface ObjectionReading {
  objectionId: string;
  reader: Reader & { kind: 'officer' };
  purpose: string;
  law: { law: string; article: string };
}

/** Lists the uses that are objected to, by the state of the objection, newest first. Throws consent-page-invalid. */
export async function listObjectedUses(
  work: Work,
  state: ObjectionState,
  request: PageRequest = {},
): Promise<Page<ObjectedUse>> {
  const limit = limitOf(request);
  const list = await work.responses.objectionsByState(state, positionOf(request), limit + 1);
  const { rows, next } = mergePage([list], ({ openedAt }) => openedAt, limit);
  const uses = await Promise.all(
    rows.map(async ({ _id: objectionId, accessId, reason, openedAt }) => {
      const row = await work.ledger.byId(accessId);
      return row === null ? [] : [{ objectionId, reason, openedAt, use: viewAccess(row) }];
    }),
  );
  return { rows: uses.flat(), next };
}

/**
 * Opens one objection for an officer, once the citizen's ledger has it. Throws objection-missing, objection-own-access for
 * the officer whose own reading it is, and what recordAccess throws.
 */
export async function readObjectedUse(
  work: Work,
  { objectionId, reader, purpose, law }: ObjectionReading,
): Promise<{ objection: Objection; use: AccessRow }> {
  const record = await work.responses.objectionById(objectionId);
  const row = record === null ? null : await work.ledger.byId(record.accessId);
  if (record === null || row === null) throw new AppError('objection-missing');
  if (row.reader.kind === 'officer' && row.reader.id === reader.id)
    throw new AppError('objection-own-access');
  const { accountId, holderIndex } = record;
  await recordAccess(work, {
    person: {
      ...(accountId === undefined ? {} : { accountId }),
      ...(holderIndex === undefined ? {} : { holderIndex }),
    },
    reader,
    what: { fields: ['objection'] },
    cause: { purpose },
    basis: { kind: 'law', ...law },
    outcome: { kind: 'granted' },
    channel: 'console',
  });
  return { objection: viewObjection(work.cipher, record), use: viewAccess(row) };
}
