import type { JsonObject, Seal } from '../crypto/ports.ts';
import type { ChainEntry } from './entry.ts';
import { leafHash } from './merkle.ts';

/** A signed tree head (签名树头): what the whole chain was at an instant, in one hash. */
export interface Checkpoint {
  /** Names the chain: the issuer of the instance, and `/audit`. */
  origin: string;
  treeSize: number;
  /** Root over the hashes of entries 1 to treeSize, hexadecimal. */
  rootHash: string;
  at: Date;
  seal: Seal;
}

/** How long a new tree head waits after the one before. */
export const checkpointSeconds = 60;

/** Writes a tree head as JSON, as it is sealed. */
export const headDocument = ({ origin, treeSize, rootHash, at }: Omit<Checkpoint, 'seal'>): JsonObject => ({
  origin,
  treeSize,
  rootHash,
  at: at.toISOString(),
});

/** Returns the leaf that stands for an entry: its hash as bytes is the content. */
export const leafOf = ({ hash }: Pick<ChainEntry, 'hash'>): Buffer => leafHash(Buffer.from(hash, 'hex'));
