/**
 * Cases between regions (异议). An officer here objects to what was done under an agreement (a verification, a certificate,
 * a sign-in), the other region answers within fifteen calendar days, either side closes. Owns the cases, their deadline and
 * what travels of them; it does not own the agreement (it asks whether both have signed one), receipts (verification), the
 * citizen's objection that may be behind a case (consent; only its identifier is kept here, and never travels), nor the
 * way to a peer (the link carries its mail). Each side keeps the whole case and writes its own acts only; how a case
 * stands follows from both, so both say the same once they hold the same. All of it is a design of this project.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the outbox of the case.
 */
import { AppError } from '../../base/error.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Mail } from '../link/mail.ts';
import type { PeerReply } from '../link/message.ts';
import { receiveCase, toldMoves } from './exchange-objection.ts';
import type { CaseFinding, CaseOutcome, CaseState } from './lifecycle.ts';
import { mailOf } from './mail.ts';
import type { CaseMessage } from './message.ts';
import { answerCase, type CaseDeed, closeCase } from './move.ts';
import { type RegionObjection, viewCase } from './objection.ts';
import { type NewCase, openCase } from './open-objection.ts';
import type { CaseWork, ObjectionDeps } from './ports.ts';
import { openCaseStore } from './store.ts';

/** Which cases to list, after which place. */
export interface ObjectionQuery {
  agreementIds?: readonly string[];
  /** `overdue` are those that are open past their last day. */
  state?: CaseState | 'overdue';
  after?: string;
}

/** Some cases, the overdue first; `next` is where the list goes on, null at its end. */
export interface ObjectionPage {
  objections: RegionObjection[];
  next: string | null;
}

/** What can be done with cases between regions. */
export interface Objections {
  /** What happened to cases, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  openObjection(given: NewCase): Promise<{ objectionId: string }>;
  answerObjection(deed: CaseDeed & { finding: CaseFinding }): Promise<void>;
  closeObjection(deed: CaseDeed & { outcome: CaseOutcome }): Promise<void>;
  /** Reads one case. Throws region-objection-missing. */
  findObjection(objectionId: string): Promise<RegionObjection>;
  pageObjections(query: ObjectionQuery): Promise<ObjectionPage>;
  /** Tells which of citizens' objections were passed on. */
  listPassedOn(citizenObjectionIds: readonly string[]): Promise<string[]>;
  /** Takes a case as a peer tells it, whose word the message has proved. */
  receiveObjection(from: string, told: CaseMessage): Promise<PeerReply>;
  /** What the link carries to peers. */
  mail: Mail;
}

const onPage = 20;

/** Opens cases between regions on their store. */
export function createObjections({ connection, ...deps }: ObjectionDeps): Objections {
  const cases = openCaseStore(connection);
  const work: CaseWork = { ...deps, cases };
  return {
    outboxes: [cases.outbox],
    ready: cases.ready,
    openObjection: (given) => openCase(work, given),
    answerObjection: (deed) => answerCase(work, deed),
    closeObjection: (deed) => closeCase(work, deed),
    findObjection: (objectionId) => findCase(work, objectionId),
    pageObjections: (query) => pageCases(work, query),
    async listPassedOn(citizenObjectionIds) {
      const found = await cases.page({ citizenObjectionIds }, '', citizenObjectionIds.length);
      return found.flatMap(({ citizenObjectionId }) => citizenObjectionId ?? []);
    },
    async receiveObjection(from, told) {
      const record = await receiveCase(work, from, told);
      return { content: { moves: toldMoves(work, record) } };
    },
    mail: mailOf(work),
  };
}

async function findCase(work: CaseWork, objectionId: string): Promise<RegionObjection> {
  const record = await work.cases.byId(objectionId);
  if (record === null) throw new AppError('region-objection-missing');
  return viewCase(work.cipher, record, work.clock.now());
}

async function pageCases(
  work: CaseWork,
  { agreementIds, state, after = '' }: ObjectionQuery,
): Promise<ObjectionPage> {
  const now = work.clock.now();
  const asked = {
    ...(agreementIds === undefined ? {} : { agreementIds }),
    ...(state === undefined ? {} : { state: state === 'overdue' ? ('open' as const) : state }),
    ...(state === 'overdue' ? { dueBefore: shanghaiDateOf(now) } : {}),
  };
  const found = await work.cases.page(asked, after, onPage + 1);
  const shown = found.slice(0, onPage);
  return {
    objections: shown.map((record) => viewCase(work.cipher, record, now)),
    next: found.length > onPage ? (shown.at(-1)?.place ?? null) : null,
  };
}
