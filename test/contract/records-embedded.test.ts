import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { recordsContract } from './records.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-records-'));
afterAll(() => rmSync(folder, { recursive: true }));

recordsContract(
  'the embedded file',
  () => openEmbeddedConnection({ file: join(folder, 'records.sqlite') }),
  true,
);
