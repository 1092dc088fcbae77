import { AppError } from '../../base/error.ts';
import type { CredentialKeys } from '../../crypto/credential-jwt.ts';
import {
  signStatusList,
  statusListLifetimeSeconds,
  statusListTtlSeconds,
} from '../../crypto/status-list-token.ts';
import type { CredentialDeps } from './ports.ts';
import type { CredentialStore } from './store.ts';

/** The signed lists that a process keeps. */
export interface SignedLists {
  /** Returns the token of a list. Throws credential-list-unknown. */
  tokenOf(listId: string): Promise<string>;
  /** Has a list looked at again before its ttl is over: this process has changed it. */
  forget(listId: string): void;
}

interface SignedList {
  token: string;
  revision: number;
  keyId: string;
  signedAt: Date;
  /** When the revision was last seen to be the newest. */
  checkedAt: Date;
}

const longAgo = new Date(0);

type Deps = Pick<CredentialDeps, 'clock' | 'credentialKeys' | 'statusListUri'> & { store: CredentialStore };

/**
 * Keeps signed lists for their ttl, then signs only those anew that changed, whose key no longer signs, or that are
 * half way to their end; a verifier that comes last still has half a lifetime.
 */
export function createSignedLists(deps: Deps): SignedLists {
  const signed = new Map<string, SignedList>();
  const pending = new Map<string, Promise<string>>();
  const isOver = (since: Date, seconds: number): boolean =>
    deps.clock.now().getTime() - since.getTime() >= seconds * 1000;

  /** Counts what this process has changed: a list that was being signed meanwhile is looked at again. */
  let changes = 0;

  const refreshed = async (listId: string): Promise<string> => {
    const known = signed.get(listId);
    const changesBefore = changes;
    const checkedAt = deps.clock.now();
    const [revision, keys] = await Promise.all([deps.store.revisionOf(listId), deps.credentialKeys()]);
    const isFresh =
      known?.revision === revision &&
      known.keyId === keys.signing.kid &&
      !isOver(known.signedAt, statusListLifetimeSeconds / 2);
    const list = known !== undefined && isFresh ? known : await signedList(deps, listId, keys);
    signed.set(listId, { ...list, checkedAt: changes === changesBefore ? checkedAt : longAgo });
    return list.token;
  };

  return {
    async tokenOf(listId) {
      const known = signed.get(listId);
      if (known !== undefined && !isOver(known.checkedAt, statusListTtlSeconds)) return known.token;
      // Whoever asks meanwhile waits for the same signature.
      const already = pending.get(listId);
      if (already !== undefined) return already;
      const work = refreshed(listId).finally(() => pending.delete(listId));
      pending.set(listId, work);
      return work;
    },
    forget(listId) {
      const known = signed.get(listId);
      changes += 1;
      if (known !== undefined) signed.set(listId, { ...known, checkedAt: longAgo });
      pending.delete(listId);
    },
  };
}

async function signedList(deps: Deps, listId: string, { signing }: CredentialKeys): Promise<SignedList> {
  const list = await deps.store.listById(listId);
  if (list === null) throw new AppError('credential-list-unknown');
  const now = deps.clock.now();
  const uri = deps.statusListUri(listId);
  return {
    token: await signStatusList(signing, { uri, bytes: list.bytes }, deps.clock),
    revision: list.revision,
    keyId: signing.kid,
    signedAt: now,
    checkedAt: now,
  };
}
