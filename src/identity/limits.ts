import { AppError } from '../base/error.ts';
import type { TryOrigin } from './abuse/origin.ts';
import { raiseSignal } from './abuse/signal.ts';
import { checkWait, claimTry } from './abuse/waits.ts';
import type { Work } from './ports.ts';

/**
 * Counts a try against its address and network before it is judged. Passing the limit of a network is a signal; that of
 * one address is passed by a busy office. Throws too-many-requests {waitSeconds}.
 */
export async function countOrigin(work: Work, { address, network, shownNetwork }: TryOrigin): Promise<void> {
  const { triesPerAddress, triesPerNetwork, windowSeconds } = work.limits;
  const [byAddress, byNetwork] = await Promise.all([
    work.ephemeral.count(`limit:address:${address}`, windowSeconds),
    network === undefined ? null : work.ephemeral.count(`limit:network:${network}`, windowSeconds),
  ]);
  if (network !== undefined && byNetwork !== null && byNetwork.count > triesPerNetwork) {
    const detail = { network: shownNetwork ?? '*' };
    await raiseSignal(work, { type: 'abuse.origin-limited', subject: network, actor: 'system', detail });
    throw new AppError('too-many-requests', { waitSeconds: byNetwork.resetSeconds });
  }
  if (byAddress.count > triesPerAddress)
    throw new AppError('too-many-requests', { waitSeconds: byAddress.resetSeconds });
}

/** Counts a try at an account by a way that asks for no puzzle. Throws what countOrigin and checkWait throw. */
export async function countTry(work: Work, who: string, origin: TryOrigin): Promise<void> {
  await countOrigin(work, origin);
  await checkWait(work, who);
  await claimTry(work, who);
}
