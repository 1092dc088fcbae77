import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/base/clock.ts';
import type { KnownPerson, SignInAttempt } from './site-client.ts';

/** What a site remembers of one browser. */
export interface SiteSession {
  id: string;
  /** Rides in the sign-out form; another site on this host cannot read it. */
  formToken: string;
  /** Sign-ins under way, by their state. */
  attempts: Map<string, SignInAttempt>;
  person: KnownPerson | null;
  /** Milliseconds since the Unix epoch. */
  expiresAt: number;
}

const lifetimeMilliseconds = 2 * 60 * 60 * 1000;
const maximumSessions = 10_000;
const maximumAttempts = 5;
const random = (): string => randomBytes(32).toString('base64url');

/** Keeps a site's sessions in memory: they end with the process, which suits a demo. */
export class SiteSessions {
  readonly #sessions = new Map<string, SiteSession>();

  constructor(private readonly clock: Clock) {}

  /** Returns the session the cookie names; null when there is none or it is over. */
  find(id: string | undefined): SiteSession | null {
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined) return null;
    if (session.expiresAt > this.clock.now().getTime()) return session;
    this.#sessions.delete(session.id);
    return null;
  }

  /** Opens a session; with a person it is a fresh one, so that an id planted before the sign-in is worth nothing. */
  open(person: KnownPerson | null = null): SiteSession {
    this.#makeRoom();
    const expiresAt = this.clock.now().getTime() + lifetimeMilliseconds;
    const session = { id: random(), formToken: random(), attempts: new Map(), person, expiresAt };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** Remembers a sign-in under way; the oldest of too many is forgotten. */
  remember(session: SiteSession, attempt: SignInAttempt): void {
    const [oldest] = session.attempts.keys();
    if (session.attempts.size >= maximumAttempts && oldest !== undefined) session.attempts.delete(oldest);
    session.attempts.set(attempt.state, attempt);
  }

  /** Hands out a sign-in under way, once. */
  takeAttempt(session: SiteSession | null, state: string | null): SignInAttempt | null {
    const attempt = state === null ? undefined : session?.attempts.get(state);
    if (attempt === undefined) return null;
    session?.attempts.delete(attempt.state);
    return attempt;
  }

  end(id: string): void {
    this.#sessions.delete(id);
  }

  /** Ends what a logout token names: the one sign-in when it names one, else all of the person's. */
  endNamed({ sid, sub }: { sid: string | null; sub: string | null }): void {
    for (const [id, { person }] of this.#sessions)
      if (person !== null && (sid === null ? person.subject === sub : person.sid === sid))
        this.#sessions.delete(id);
  }

  #makeRoom(): void {
    if (this.#sessions.size < maximumSessions) return;
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined) this.#sessions.delete(oldest);
  }
}
