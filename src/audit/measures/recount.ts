import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { ChainEntry } from '../entry.ts';
import { countIn } from './count.ts';
import { type MeasureWork, positionOf, syntheticGeneration } from './measures.ts';

const entriesAtOnce = 500;
const mostAttempts = 20;

/**
 * Counts the whole chain anew beside the counts in use, and puts the new in their place once it has caught up; returns
 * how many entries it counted. Figures are there all the while. Throws audit-segment-missing when pruned entries
 * were not handed in, and an Error when another recount was first.
 */
export async function recount(
  work: MeasureWork,
  archived: AsyncIterable<readonly ChainEntry[]> = noEntries(),
): Promise<number> {
  const { generation: former } = await positionOf(work);
  const generation = newId();
  let through = 0;
  for await (const entries of archived) {
    await countIn(work, generation, entries);
    through = entries.at(-1)?.sequence ?? through;
  }
  const first = await work.chain.firstSequence();
  if (first !== null && first > through + 1) throw new AppError('audit-segment-missing', { after: through });
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    through = await countUpTo(work, generation, through);
    const read = await positionOf(work);
    if (read.generation !== former) break;
    // The counting of a running server moves the position meanwhile: then what came since is counted too.
    if (read.through > through || !(await work.store.movePosition(read, { generation, through }))) continue;
    await work.store.keepOnly([generation, syntheticGeneration]);
    return through;
  }
  throw new Error('the counts were counted anew by someone else meanwhile; run it again');
}

async function* noEntries(): AsyncGenerator<readonly ChainEntry[]> {}

const countUpTo = async (work: MeasureWork, generation: string, from: number): Promise<number> => {
  let through = from;
  for (;;) {
    const entries = await work.chain.entriesFrom(through + 1, entriesAtOnce);
    await countIn(work, generation, entries);
    through = entries.at(-1)?.sequence ?? through;
    if (entries.length < entriesAtOnce) return through;
  }
};
