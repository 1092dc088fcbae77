import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/index.ts';
import { type MasterKey, parseMasterKey, readOrCreateMasterKeyFile } from '../crypto/index.ts';

/** Finds the master key: from the environment, else from its file, which only development makes when missing. */
export async function findMasterKey(config: Config): Promise<MasterKey> {
  if (config.masterKey.text !== null) return parseMasterKey(config.masterKey.text);
  const file = config.masterKey.file ?? join(config.storage.dataFolder, 'master.key');
  if (config.production && !(await exists(file)))
    throw new Error(
      `the master key file ${file} is not there; restore it, or make one: openssl rand -hex 32 > FILE`,
    );
  return readOrCreateMasterKeyFile(file);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
