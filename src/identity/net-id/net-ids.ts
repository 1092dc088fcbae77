/**
 * Sign-in by net-ID (网号网证), where a person wants it. Owns which net-ID is let in to which account, and the check of the
 * person that a net-ID can stand for. It makes no account and finds none by name or number: a person who is signed in binds
 * it. Such a sign-in is one factor and reaches the second level at most; the third takes what the platform says of who it
 * is, compared with what is known here. It does not own the way to the platform (oidc). That net-ID is voluntary and
 * that who has none is served alike is of order 173 of 2025, as reported [V]; how a platform is spoken to is our design
 * [D]. Control leaves by a value or an AppError; events ride in the binding's outbox.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import type { SignedIn } from '../account.ts';
import { openIdentityStore } from '../store.ts';
import { bindNetId, unbindNetId } from './bind.ts';
import type { NetIdAnswer, NetIdBinding, Unbinder } from './binding.ts';
import type { NetIdDeps, NetIdWork } from './ports.ts';
import { signInByNetId } from './sign-in.ts';
import { openNetIdStore } from './store.ts';

export type { NetIdAnswer } from './binding.ts';

/** What can be asked of it. */
export interface NetIds {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  findBinding(accountId: string): Promise<NetIdBinding | null>;
  bind(input: { accountId: string; assurance: AssuranceLevel; answer: NetIdAnswer }): Promise<void>;
  /** Returns whether there was one. */
  unbind(input: { accountId: string; by: Unbinder }): Promise<boolean>;
  signIn(answer: NetIdAnswer): Promise<SignedIn>;
}

/** Opens sign-in by net-ID on its store. */
export function createNetIds({ connection, ...deps }: NetIdDeps): NetIds {
  const bindings = openNetIdStore(connection);
  const work: NetIdWork = { ...deps, store: openIdentityStore(connection), bindings };
  return {
    outboxes: bindings.outboxes,
    ready: bindings.ready,
    findBinding: async (accountId) => {
      const binding = await bindings.ofAccount(accountId);
      return binding && { boundAt: binding.boundAt, lastUsedAt: binding.lastUsedAt };
    },
    bind: (input) => bindNetId(work, input),
    unbind: (input) => unbindNetId(work, input),
    signIn: (answer) => signInByNetId(work, answer),
  };
}
