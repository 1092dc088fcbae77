import type { Config } from '../config/index.ts';
import type { Audit } from './audit/index.ts';
import type { Clock } from './base/clock.ts';
import { epochSeconds } from './base/clock.ts';
import { type Crypto, type DirectoryKey, parseDirectoryKey, readDirectoryKeyFile } from './crypto/index.ts';
import {
  type ChangeFeed,
  type ChildSide,
  createChildSide,
  createParentSide,
  type Directory,
  type ParentSide,
} from './directory/index.ts';
import type { Log } from './http/index.ts';
import { createMachineClient, createParentDirectory } from './oidc/index.ts';
import type { RecordConnection } from './storage/index.ts';
import { parseRegionCode } from './terms/region-code.ts';

export interface TierWiring {
  config: Pick<Config, 'region' | 'directoryKey' | 'parent'>;
  clock: Clock;
  log: Log;
  connection: RecordConnection;
  crypto: Crypto;
  directory: Pick<Directory, 'libraryFor'>;
  /** The chain is opened after the outboxes it takes from, and these are among them. */
  audit(): Pick<Audit, 'entriesFrom' | 'lastSequence'>;
}

/** The sides of the directory this instance has; `childSide` is null for one without a parent. */
export interface Tier {
  parentSide: ParentSide;
  childSide: ChildSide | null;
}

/** Opens the tiers of the directory. Throws an Error that names the fix when the directory key cannot be read. */
export async function openTier({
  config,
  clock,
  log,
  connection,
  crypto,
  directory,
  audit,
}: TierWiring): Promise<Tier> {
  const directoryKey = await findDirectoryKey(config.directoryKey);
  const region = parseRegionCode(config.region.code);
  const { blindIndex, keyRing } = crypto;
  const parentSide = createParentSide({ connection, blindIndex, clock, region, directoryKey });
  if (config.parent === null || directoryKey === null) return { parentSide, childSide: null };
  const { issuer, clientId, reconcileSeconds } = config.parent;
  const machine = createMachineClient({
    issuer,
    clientId,
    scope: 'directory.push',
    signingKey: async () => (await keyRing.load()).signing,
    nowSeconds: () => epochSeconds(clock),
  });
  const childSide = createChildSide({
    connection,
    library: directory.libraryFor(directoryKey),
    clock,
    region,
    directoryKey,
    parent: createParentDirectory(machine),
    parentName: `${issuer} ${clientId}`,
    changes: certificateChanges(audit),
    reconcileSeconds,
    log,
  });
  return { parentSide, childSide };
}

const findDirectoryKey = async ({ text, file }: Config['directoryKey']): Promise<DirectoryKey | null> => {
  if (text !== null) return parseDirectoryKey(text);
  return file === null ? null : readDirectoryKeyFile(file);
};

/** Every act upon a certificate has its entry in the audit chain, and the chain has one order and no gap. */
const certificateChanges = (audit: TierWiring['audit']): ChangeFeed => ({
  head: () => audit().lastSequence(),
  after: async (position, limit) => {
    const entries = await audit().entriesFrom(position + 1, limit);
    const changed = entries.flatMap(({ source, recordId }) => (source === 'certificates' ? [recordId] : []));
    return { identifiers: [...new Set(changed)], position: entries.at(-1)?.sequence ?? position };
  },
});
