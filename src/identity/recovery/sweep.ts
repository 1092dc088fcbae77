import { settleRecovery } from './complete.ts';
import { endRecovery } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { tellAsked } from './tell.ts';

const atOnce = 100;

/**
 * Brings on what no request brings on: owners whom a crash left untold, requests whose time is over, completions that a
 * crash left half done. Returns how many it brought on.
 */
export async function sweepRecoveries(
  work: RecoveryWork,
  endSessions: (accountId: string) => Promise<unknown>,
): Promise<number> {
  const { recoveries, clock } = work;
  const lapsed = await recoveries.lapsed(clock.now(), atOnce);
  for (const record of lapsed) await endRecovery(work, record, 'expired', 'system');
  const untold = await recoveries.untold(atOnce);
  for (const record of untold) await tellAsked(work, record);
  const unsettled = await recoveries.unsettled(atOnce);
  for (const { _id } of unsettled) await settleRecovery(work, _id, endSessions);
  return lapsed.length + untold.length + unsettled.length;
}
