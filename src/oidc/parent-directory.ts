import { z } from 'zod';
import { AppError } from '../base/error.ts';
import type { ParentDirectory } from '../directory/index.ts';
import type { MachineClient } from './machine-client.ts';

const pushed = z.object({
  stored: z.int().min(0),
  unchanged: z.int().min(0),
  refused: z.array(z.object({ identifier: z.string().max(128), code: z.string().max(64) })).max(500),
});

const compared = z.object({
  differing: z.array(z.int().min(0).max(255)),
  counts: z.array(
    z.object({ typeCode: z.string().max(32), status: z.string().max(32), count: z.int().min(0) }),
  ),
});

/** Speaks to the directory of the region above as its department interface asks for. */
export function createParentDirectory(machine: MachineClient): ParentDirectory {
  return {
    pushEntries: async (batch) => read(pushed, await machine.call('/directory/entries', batch)),
    compareBuckets: async (question) => read(compared, await machine.call('/directory/buckets', question)),
  };
}

const read = <T>(shape: z.ZodType<T>, answer: unknown): T => {
  const parsed = shape.safeParse(answer);
  if (!parsed.success) throw new AppError('tier-parent-refused', { reason: 'answer' });
  return parsed.data;
};
