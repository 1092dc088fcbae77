/**
 * Where things are kept. Owns the connection to records and the ephemeral store; owns no schema: those stand beside
 * their domain in `store.ts`. Control leaves by the connection and the store it hands out.
 */
import type { Connection } from 'mongoose';

/** A connection on which a `store.ts` defines its mongoose models; the same on every engine. */
export type RecordConnection = Connection;
