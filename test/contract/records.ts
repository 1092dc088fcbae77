import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Connection } from 'mongoose';
import { beyondContract } from './records-beyond.ts';
import { readsContract } from './records-reads.ts';
import { writesContract } from './records-writes.ts';

/** What the stores count on, of any engine below mongoose; `isWhole` when it claims to do all that MongoDB does here. */
export function recordsContract(engine: string, open: () => Promise<Connection>, isWhole: boolean): void {
  describe(`Records on ${engine}`, () => {
    let connection: Connection;
    beforeAll(async () => {
      connection = await open();
    });
    afterAll(async () => {
      await connection?.dropDatabase();
      await connection?.close();
    });
    writesContract(() => connection);
    readsContract(() => connection);
    if (isWhole) beyondContract(() => connection);
  });
}
