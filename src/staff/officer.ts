import type { DomainEvent } from '../base/event.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import type { RegionCode } from '../terms/region-code.ts';
import type { Role } from './permissions.ts';
import type { FieldCipher, MadePasskey } from './ports.ts';

/** How an officer stands; `declined` is whom two officers did not agree on. */
export type OfficerState = 'proposed' | 'invited' | 'active' | 'disabled' | 'declined';

/** A passkey of an officer, inside the record: joining and signing in are one write each. */
export interface OfficerPasskey extends MadePasskey {
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** A link that was handed out, by digest; it is void when used, replaced or past. */
export interface Invitation {
  /** SHA-256 of the secret, base64url. */
  digest: string;
  expiresAt: Date;
}

/** The issuing authority (发证机构) that an officer acts for. */
export interface OfficerAuthority {
  code: CreditCode;
  name: string;
}

/** An officer (工作人员) as kept, in collection `officers`; the name is sealed, and absent until a founder joins. */
export interface OfficerRecord {
  _id: string;
  name?: Buffer;
  regionCode: RegionCode;
  roles: Role[];
  authority?: OfficerAuthority | null;
  state: OfficerState;
  /** The citizen's account of this person; absent while none is tied (a change says null for that). */
  accountId?: string | null;
  /** Two officers agreed on one more passkey, and it is not there yet. */
  awaitsPasskey?: boolean;
  /** The proposal on passkeys that was last brought about, so that it is not a second time. */
  passkeyProposal?: string;
  passkeys: OfficerPasskey[];
  invitation: Invitation | null;
  /** An officer's identifier, or `bootstrap`. */
  invitedBy: string;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** An officer as the rest of the house sees one, opened. */
export interface Officer {
  officerId: string;
  name: string | null;
  regionCode: RegionCode;
  roles: readonly Role[];
  /** Null for who acts for none. */
  authority: OfficerAuthority | null;
  state: OfficerState;
  /** Null while no citizen's account is tied. */
  accountId: string | null;
  passkeys: number;
  awaitsPasskey: boolean;
  invitedBy: string;
  createdAt: Date;
  lastSignInAt: Date | null;
}

/** Binds a sealed name to its record. */
export const nameContext = (officerId: string): string => `officers.name:${officerId}`;

/** Opens a record. */
export function viewOfficer(cipher: FieldCipher, record: OfficerRecord): Officer {
  const { _id, name, regionCode, roles, authority = null, state, invitedBy, createdAt, passkeys } = record;
  const { accountId = null, awaitsPasskey = false } = record;
  const uses = passkeys.flatMap(({ lastUsedAt }) => (lastUsedAt === null ? [] : [lastUsedAt.getTime()]));
  return {
    officerId: _id,
    name: name === undefined ? null : cipher.open(name, nameContext(_id)),
    regionCode,
    roles,
    authority,
    state,
    accountId,
    passkeys: passkeys.length,
    awaitsPasskey,
    invitedBy,
    createdAt,
    lastSignInAt: uses.length === 0 ? null : new Date(Math.max(...uses)),
  };
}
