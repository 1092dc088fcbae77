import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';
import { regionRange } from '../rules.ts';
import { standingAt } from './lifecycle.ts';
import { kindsOf } from './list-proposals.ts';
import { type Proposal, viewProposal } from './proposal.ts';

/** What a field had been set to, by which kind of proposal, and since when. */
export interface Standing {
  kind: string;
  field: string;
  value: string | null;
  since: Date;
}

/** What was decided about a thing until an instant (历次事项). */
export interface Replay {
  /** What the proposals that had taken effect left in each field. */
  standing: Standing[];
  /** The proposals as they stood then, with the steps until then; newest first. */
  proposals: Proposal[];
  /** Older ones are not among them. */
  isCut: boolean;
}

const most = 200;

/**
 * Replays what was proposed and decided about a thing until an instant; of things that have versions, about all of them.
 * It shows what an officer may see, and the newest 200. Throws officer-not-allowed.
 */
export async function replayProposals(
  work: Work,
  { officerId, subject, until }: { officerId: string; subject: string; until: Date },
): Promise<Replay> {
  const actor = await work.store.byId(officerId);
  if (actor === null) throw new AppError('officer-not-allowed');
  const visible = { kind: { $in: kindsOf(work, actor) }, regionCode: regionRange(actor.regionCode) };
  const found = await work.proposals.aboutThing(thingOf(subject), { ...visible, until }, most + 1);
  const proposals = found
    .slice(0, most)
    .map((record) => ({ ...viewProposal(work.cipher, record), ...standingAt(record, until) }))
    .map((proposal) => ({ ...proposal, history: proposal.history.filter(({ at }) => at <= until) }));
  return { standing: standingOf(proposals), proposals, isCut: found.length > most };
}

/** A version is named behind the thing: `site@3`, `agreement:2`. */
const thingOf = (subject: string): string => subject.split(/[@:]/)[0] ?? '';

/** Lets each proposal that took effect set its fields, in the order in which they did. */
function standingOf(proposals: readonly (Proposal & { effectiveAt: Date | null })[]): Standing[] {
  const fields = new Map<string, Standing>();
  const inOrder = proposals
    .flatMap(({ effectiveAt, ...rest }) => (effectiveAt === null ? [] : [{ since: effectiveAt, ...rest }]))
    .sort((one, other) => one.since.getTime() - other.since.getTime());
  for (const { kind, difference, since } of inOrder)
    for (const { field, after } of difference) fields.set(field, { kind, field, value: after, since });
  return [...fields.values()];
}
