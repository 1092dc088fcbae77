import type { Clock } from './clock.ts';
import { newId } from './id.ts';

/**
 * What happened, as it rides inside the record it happened to (an outbox) until the audit relay takes it.
 * It names people and things by identifier only; personal data never stands in an event.
 */
export interface DomainEvent {
  id: string;
  /** Dotted, past tense: `account.signed-in`, `passkey.registered`. */
  type: string;
  at: Date;
  /** Who acted: an account, officer or client identifier, or `system`. */
  actor: string;
  /** Small facts that hold no personal data. */
  detail: Record<string, string | number | boolean>;
}

/** Makes an event stamped with the clock. */
export const newEvent = (
  clock: Clock,
  type: string,
  actor: string,
  detail: DomainEvent['detail'] = {},
): DomainEvent => ({ id: newId(), type, at: clock.now(), actor, detail });
