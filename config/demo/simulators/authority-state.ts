import { randomBytes } from 'node:crypto';

/** What a simulated system can be told to do wrong: say nothing, answer 503, or answer what cannot be read. */
export type Fault = 'silent' | 'broken' | 'garbage';

/** The systems that are simulated, by the first part of their paths. */
export type SystemName = 'messages' | 'matches' | 'sessions';

/** A message that was “sent”. */
export interface SentMessage {
  id: string;
  phone: string;
  text: string;
}

/** A face check under way. */
export interface FaceSession {
  session: string;
  name: string;
  returnTo: string;
  state: 'open' | 'passed' | 'failed';
  reference: string;
}

const mostKept = 100;

const newReference = (): string => randomBytes(12).toString('base64url');

/** Keeps what the simulated systems know: nothing outlives the process. */
export class AuthorityState {
  readonly #messages: SentMessage[] = [];
  readonly #sessions = new Map<string, FaceSession>();
  readonly #faults: { system: SystemName; fault: Fault }[] = [];
  readonly #asked: SystemName[] = [];

  /** Makes the next questions to a system go wrong, as many as `times`. */
  order(system: SystemName, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.#faults.push({ system, fault });
  }

  /** Counts a question, and takes the fault that was ordered for it; null when it goes right. */
  arrive(system: SystemName): Fault | null {
    this.#asked.push(system);
    const at = this.#faults.findIndex((ordered) => ordered.system === system);
    return at === -1 ? null : (this.#faults.splice(at, 1)[0]?.fault ?? null);
  }

  /** Returns how many questions a system has had. */
  countAsked(system: SystemName): number {
    return this.#asked.filter((name) => name === system).length;
  }

  /** Returns the messages, newest first. */
  messages(): readonly SentMessage[] {
    return [...this.#messages].reverse();
  }

  /** Takes a message; the same id again is the same message. */
  send(message: SentMessage): void {
    if (this.#messages.some(({ id }) => id === message.id)) return;
    this.#messages.push(message);
    if (this.#messages.length > mostKept) this.#messages.shift();
  }

  /** Opens a face check; the session's name is not to be guessed. */
  openSession({ name, returnTo }: Pick<FaceSession, 'name' | 'returnTo'>): FaceSession {
    const opened: FaceSession = {
      session: newReference(),
      name,
      returnTo,
      state: 'open',
      reference: newReference(),
    };
    this.#sessions.set(opened.session, opened);
    return opened;
  }

  /** Finds a face check. */
  session(session: string): FaceSession | null {
    return this.#sessions.get(session) ?? null;
  }
}
