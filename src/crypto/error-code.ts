/** Tells whether what was thrown carries the code: of Node (`EEXIST`), or of the database (11000). */
export const hasCode = (error: unknown, code: string | number): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
