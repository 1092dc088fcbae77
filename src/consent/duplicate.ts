/** Tells whether an insert failed because a key of the record is taken; both engines give it the same code. */
export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
