/**
 * Sign-in through a mini-program (微信小程序). Owns the bindings by which a user of the platform is let in to an account,
 * the codes by which a person makes one, and the tickets by which a mini-program opens the sign-in page. The platform's
 * openid is no identity: it finds a binding that the person made after signing in fully, and nothing else; unionid and
 * session key are not read. Such a sign-in reaches the first level; more wants a passkey or another proof of ours. It does
 * not own sessions nor where such a one counts (oidc). The exchange was read in a copy of the platform's documentation,
 * all else is our design [D]. Control leaves by a value or an AppError; events ride in the binding's outbox.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import type { AccountProfile, SignedIn } from '../account.ts';
import { bindMiniProgram, makeLinkCode, removeAllBindings, removeBinding } from './bind.ts';
import type { MiniProgramBinding } from './binding.ts';
import type { PlatformCode } from './exchange.ts';
import type { MiniProgramDeps, MiniProgramWork } from './ports.ts';
import { beginMiniProgramSignIn, findByTicket, signInByMiniProgram } from './sign-in.ts';
import { openBindingStore } from './store.ts';

/** What can be asked of it. */
export interface MiniPrograms {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  /** The mini-program there is; null when there is none. */
  readonly appId: string | null;
  beginSignIn(given: PlatformCode): Promise<{ ticket: string; expiresInSeconds: number }>;
  findByTicket(ticket: string): Promise<AccountProfile | null>;
  signIn(ticket: string): Promise<SignedIn>;
  makeLinkCode(input: {
    accountId: string;
    assurance: AssuranceLevel;
  }): Promise<{ linkCode: string; expiresInSeconds: number }>;
  bind(given: PlatformCode & { linkCode: string }): Promise<void>;
  listBindings(accountId: string): Promise<MiniProgramBinding[]>;
  removeBinding(input: { accountId: string; bindingId: string }): Promise<void>;
  /** Of an account that was recovered: its owner is told of that as a whole. */
  removeAllBindings(accountId: string): Promise<void>;
}

/** Opens sign-in by mini-program on its store. */
export function createMiniPrograms({ connection, ...deps }: MiniProgramDeps): MiniPrograms {
  const store = openBindingStore(connection);
  const work: MiniProgramWork = { ...deps, store };
  return {
    outboxes: store.outboxes,
    ready: store.ready,
    appId: deps.platform?.appId ?? null,
    beginSignIn: (given) => beginMiniProgramSignIn(work, given),
    findByTicket: (ticket) => findByTicket(work, ticket),
    signIn: (ticket) => signInByMiniProgram(work, ticket),
    makeLinkCode: (input) => makeLinkCode(work, input),
    bind: (given) => bindMiniProgram(work, given),
    listBindings: async (accountId) =>
      (await store.ofAccount(accountId)).map(({ _id: bindingId, boundAt, lastUsedAt }) => ({
        bindingId,
        boundAt,
        lastUsedAt,
      })),
    removeBinding: (input) => removeBinding(work, input),
    removeAllBindings: (accountId) => removeAllBindings(work, accountId),
  };
}
