import { type DomainEvent, newEvent } from '../../base/event.ts';
import type { Work } from '../ports.ts';

const daySeconds = 86_400;

/** What looks like an attack (异常信号); officers see it as an entry of the audit chain. */
export interface AbuseSignal {
  type: 'abuse.password-spray' | 'abuse.account-guessed' | 'abuse.origin-limited' | 'abuse.impossible-travel';
  /** Tells one attack from another; it is not written. */
  subject: string;
  actor: string;
  detail: DomainEvent['detail'];
}

/** Raises a signal, once in a day for its subject however long the attack goes on; returns whether it was this time. */
export async function raiseSignal(
  work: Work,
  { type, subject, actor, detail }: AbuseSignal,
): Promise<boolean> {
  const isFirst = await work.ephemeral.add(`told:${type}:${subject}`, '', { ttlSeconds: daySeconds });
  if (isFirst) await work.tries.note(newEvent(work.clock, type, actor, detail));
  return isFirst;
}
