import { AppError } from '../../base/error.ts';
import { type Loop, startLoop } from '../../base/loop.ts';
import type { ChildWork } from './ports.ts';
import { linkOf, pushPage } from './push-entries.ts';
import { reconcile } from './reconcile.ts';

const shortestWaitSeconds = 5;
const longestWaitSeconds = 300;

/**
 * Sends what waits, one page after another, and reconciles when it is time, until it is stopped. While the parent does
 * not answer the waits double, up to five minutes.
 */
export function startReporting(work: ChildWork, idleMilliseconds: number): Loop {
  let failures = 0;
  let waitsUntil = 0;
  const now = (): number => work.clock.now().getTime();
  const pass = async (): Promise<number> => {
    if (now() < waitsUntil) return 0;
    const page = await pushPage(work);
    if (page === null) await reconcileWhenDue(work);
    failures = 0;
    return page === null ? 0 : 1;
  };
  return startLoop(pass, idleMilliseconds, (error) => {
    const waitSeconds = Math.min(shortestWaitSeconds * 2 ** failures, longestWaitSeconds);
    failures += 1;
    waitsUntil = now() + waitSeconds * 1000;
    const code = error instanceof AppError ? error.code : 'internal';
    work.log.warn({ err: error, code, waitSeconds }, 'the parent directory was not told');
  });
}

/** Reconciles when the last time is long enough ago. */
async function reconcileWhenDue(work: ChildWork): Promise<void> {
  const { lastReconciledAt, createdAt } = await linkOf(work);
  const since = work.clock.now().getTime() - (lastReconciledAt ?? createdAt).getTime();
  if (since < work.reconcileSeconds * 1000) return;
  const { differingBefore, differingAfter, resent } = await reconcile(work);
  const found = { differingBefore, differingAfter, resent };
  if (differingAfter > 0) work.log.warn(found, 'the parent directory differs from this library');
  else if (differingBefore > 0) work.log.info(found, 'the parent directory was brought in line');
}
