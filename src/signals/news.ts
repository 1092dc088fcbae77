import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import type { JsonObject } from '../crypto/index.ts';
import type { ChainedEvent } from './ports.ts';

/** What happened, as far as it is told: about one certificate, account, session, or agreement between regions. */
export interface News {
  /** The event by the name it has in this house. */
  eventType: string;
  happenedAt: Date;
  about:
    | { kind: 'certificate'; identifier: string }
    | { kind: 'account'; accountId: string }
    | { kind: 'session'; accountId: string; sessionId: string }
    | { kind: 'agreement'; agreementId: string };
  /** What the token says of it beside whom it is about: no personal data. */
  payload: JsonObject;
}

/** One kind of event: its name and its URI in a token, and what of the event is told. */
interface EventKind {
  /** What subscribers ask for it by; the event's own name when left out. */
  name?: string;
  uri: string;
  about: News['about']['kind'];
  /** Told to the issuing authority only: nobody else has been allowed this certificate yet. */
  authorityOnly?: boolean;
  payloadOf(event: DomainEvent): JsonObject;
}

const certificate = (name: string, authorityOnly = false): [string, EventKind] => [
  `certificate.${name}`,
  {
    uri: `urn:yihao:event:certificate.${name}`,
    about: 'certificate',
    authorityOnly,
    // Not the reason: it is between the authority and the holder.
    payloadOf: ({ detail }) => pick(detail, ['actedOn', 'version']),
  },
];

const timeOf = ({ at }: DomainEvent): JsonObject => ({ event_timestamp: Math.floor(at.getTime() / 1000) });

const credentialChange = (name: string, changeType: string, type = 'passkey'): [string, EventKind] => [
  name,
  {
    uri: 'https://schemas.openid.net/secevent/caep/event-type/credential-change',
    about: 'account',
    payloadOf: (event) => ({ change_type: changeType, credential_type: type, ...timeOf(event) }),
  },
];

/** What became of an agreement, by an act here or by word of the other region; who subscribes need not tell the two apart. */
const agreement = (name: string): [string, EventKind][] =>
  [name, `${name}-received`].map((act) => [
    `agreement.${act}`,
    {
      name: `agreement.${name}`,
      uri: `urn:yihao:event:agreement.${name}`,
      about: 'agreement',
      // Not the reason: it is between the regions.
      payloadOf: ({ detail }) => pick(detail, ['agreementVersion']),
    },
  ]);

/**
 * What can be told of. Certificates and agreements between regions go by names of our own; sign-in methods by CAEP's
 * credential-change, whose section in an early draft was read, and by RISC's credential-compromise, of which only the name
 * was. From memory [M]: that a session ended is CAEP's session-revoked, a higher level its assurance-level-change (without
 * the level itself, for which a site asks), another telephone RISC's identifier-changed (without the number), and that a
 * person closed their account RISC's account-purged. Accounts are neither disabled nor enabled here.
 */
const kinds: ReadonlyMap<string, EventKind> = new Map([
  certificate('issued', true),
  certificate('reissued', true),
  certificate('superseded'),
  certificate('suspended'),
  certificate('lifted'),
  certificate('withdrawn'),
  certificate('cancelled'),
  certificate('revoked'),
  certificate('transferred'),
  certificate('void'),
  credentialChange('passkey.registered', 'create'),
  credentialChange('passkey.removed', 'delete'),
  credentialChange('password.changed', 'update', 'password'),
  credentialChange('totp.registered', 'create', 'app'),
  credentialChange('totp.removed', 'delete', 'app'),
  [
    'session.ended',
    {
      uri: 'https://schemas.openid.net/secevent/caep/event-type/session-revoked',
      about: 'session',
      payloadOf: timeOf,
    },
  ],
  [
    'account.raised',
    {
      uri: 'https://schemas.openid.net/secevent/caep/event-type/assurance-level-change',
      about: 'account',
      payloadOf: (event) => ({
        namespace: 'urn:yihao:loa',
        change_direction: 'increase',
        ...timeOf(event),
      }),
    },
  ],
  [
    'account.phone-changed',
    {
      uri: 'https://schemas.openid.net/secevent/risc/event-type/identifier-changed',
      about: 'account',
      payloadOf: timeOf,
    },
  ],
  [
    'account.closed',
    {
      uri: 'https://schemas.openid.net/secevent/risc/event-type/account-purged',
      about: 'account',
      payloadOf: () => ({}),
    },
  ],
  [
    'passkey.clone-suspected',
    {
      uri: 'https://schemas.openid.net/secevent/risc/event-type/credential-compromise',
      about: 'account',
      payloadOf: () => ({ credential_type: 'passkey' }),
    },
  ],
  ...agreement('suspended'),
  ...agreement('resumed'),
  ...agreement('terminated'),
]);

/** The URI of the event that only shows whether a receiver hears (Shared Signals Framework, its section was read). */
export const verificationUri = 'https://schemas.openid.net/secevent/ssf/event-type/verification';

/** Returns the URI of an event in a token. */
export const uriOf = (eventType: string): string => kinds.get(eventType)?.uri ?? '';

/** Tells whether only the issuing authority hears of such an event. */
export const isForAuthorityOnly = (eventType: string): boolean =>
  kinds.get(eventType)?.authorityOnly === true;

/** Reads an entry of the chain as news; null when it is none. An account is the one who acted, unless the event names another. */
export function newsOf({ event, recordId }: ChainedEvent): News | null {
  const kind = kinds.get(event.type);
  if (kind === undefined) return null;
  return {
    eventType: kind.name ?? event.type,
    happenedAt: event.at,
    about: aboutOf(kind.about, event, recordId),
    payload: kind.payloadOf(event),
  };
}

const aboutOf = (
  kind: News['about']['kind'],
  { actor, detail }: DomainEvent,
  recordId: string,
): News['about'] => {
  if (kind === 'agreement') return { kind, agreementId: String(detail['agreementId']) };
  if (kind === 'certificate') return { kind, identifier: recordId };
  const accountId = String(detail['accountId'] ?? actor);
  return kind === 'session' ? { kind, accountId, sessionId: recordId } : { kind, accountId };
};

/** Reads the events a client wants: names, or a beginning as `certificate.*`. Throws signal-event-unknown. */
export function readEventTypes(names: readonly string[]): string[] {
  const known = [...new Set([...kinds].map(([type, { name = type }]) => name))];
  const wanted = names.flatMap((name) => {
    const found = known.filter((one) =>
      name.endsWith('.*') ? one.startsWith(name.slice(0, -1)) : one === name,
    );
    if (found.length === 0)
      throw new AppError('signal-event-unknown', { event: name.slice(0, 64), known: known.join(', ') });
    return found;
  });
  if (wanted.length === 0)
    throw new AppError('signal-event-unknown', { event: '-', known: known.join(', ') });
  return known.filter((one) => wanted.includes(one));
}

const pick = (detail: DomainEvent['detail'], names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(detail).filter(([name]) => names.includes(name)));
