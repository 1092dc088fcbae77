/**
 * The words of the field as types with parse, format and check; one standard a file, imported one by one. It owns what
 * a value may look like and nothing of what is done with it; a refusal leaves as an AppError with a code.
 */
export type { AssuranceLevel } from './assurance.ts';
export type { CitizenNumber } from './citizen-number.ts';
