import { createHash } from 'node:crypto';
import {
  type CertificateIdentifier,
  describeCertificateIdentifier,
} from '../../terms/certificate-identifier.ts';
import { bucketOf } from './entry.ts';

/** What counts of an entry. */
export interface Counted {
  identifier: CertificateIdentifier;
  status: string;
  revision: number;
  keyId: string;
}

/** One bucket counted: how many entries, and a digest that is the same when and only when they are. */
export interface BucketTally {
  bucket: number;
  count: number;
  /** The digests of its entries laid over one another, so that no order is needed: 32 hexadecimal characters. */
  digest: string;
}

/** How many entries of a type are in a status. */
export interface StatusCount {
  typeCode: string;
  status: string;
  count: number;
}

/** Counts entries as they come by. */
export interface Tally {
  add(entry: Counted): void;
  bucket(bucket: number): BucketTally;
  statusCounts(): StatusCount[];
}

const digestBytes = 16;

/**
 * Makes an empty tally. Its digests find what was lost, doubled or late, not what someone contrived: a library that
 * would deceive its parent need only send what it likes.
 */
export function createTally(): Tally {
  const counts = new Map<number, number>();
  const digests = new Map<number, Buffer>();
  const statuses = new Map<string, StatusCount>();
  return {
    add: ({ identifier, status, revision, keyId }) => {
      const bucket = bucketOf(identifier);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      const line = createHash('sha256').update(`${identifier} ${revision} ${status} ${keyId}`).digest();
      const digest = digests.get(bucket) ?? Buffer.alloc(digestBytes);
      for (let i = 0; i < digestBytes; i += 1) digest[i] = (digest[i] ?? 0) ^ (line[i] ?? 0);
      digests.set(bucket, digest);
      const { typeCode } = describeCertificateIdentifier(identifier);
      const known = statuses.get(`${typeCode} ${status}`);
      if (known === undefined) statuses.set(`${typeCode} ${status}`, { typeCode, status, count: 1 });
      else known.count += 1;
    },
    bucket: (bucket) => ({
      bucket,
      count: counts.get(bucket) ?? 0,
      digest: (digests.get(bucket) ?? Buffer.alloc(digestBytes)).toString('hex'),
    }),
    statusCounts: () => [...statuses.values()],
  };
}

/** Tells whether two counts of a bucket are of the same entries. */
export const isSameTally = (one: BucketTally, other: BucketTally): boolean =>
  one.count === other.count && one.digest === other.digest;

/** Adds counts up by type and status. */
export function sumOf(lists: readonly (readonly StatusCount[])[]): StatusCount[] {
  const sums = new Map<string, StatusCount>();
  for (const { typeCode, status, count } of lists.flat()) {
    const key = `${typeCode} ${status}`;
    sums.set(key, { typeCode, status, count: (sums.get(key)?.count ?? 0) + count });
  }
  return [...sums.values()];
}
