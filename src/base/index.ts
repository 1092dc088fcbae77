/**
 * The ground floor: time, identifiers, errors, events, masking. It owns the shapes everything else speaks in and
 * knows nothing above it; files are imported one by one, this one only says what is here.
 */
export type { Clock } from './clock.ts';
