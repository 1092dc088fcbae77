import type { DomainEvent } from '../../base/event.ts';

/** That a user of the platform is let in to an account (小程序关联). */
export interface BindingRecord {
  _id: string;
  /** Blind index over app and openid: the openid itself is kept nowhere. */
  platformIndex: string;
  accountId: string;
  boundAt: Date;
  lastUsedAt: Date | null;
  /** Set when its person took it away; it opens nothing any more, and may be made anew. */
  removedAt: Date | null;
  version: number;
  outbox: DomainEvent[];
}

/** A binding as its person sees it. */
export interface MiniProgramBinding {
  bindingId: string;
  boundAt: Date;
  lastUsedAt: Date | null;
}

/** The method that a sign-in by mini-program names; no registered one of RFC 8176 fits, the word is our design [D]. */
export const miniProgramMethod = 'mini_program';

/** How long the page that a mini-program opens may be waited for. */
export const ticketTtlSeconds = 300;

/** How long the code that a person types into the mini-program holds. */
export const linkCodeTtlSeconds = 300;
