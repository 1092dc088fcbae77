/**
 * Printable copies of certificates (加注件). Owns what stands on a copy, how it is drawn as PDF and PNG from one
 * description, and the record that it was made: for whom, what for, until when, and the digest of its bytes. It does not
 * own who may have one (consent, http): an edge opens the certificate, after the use was written down, and asks here.
 * The layout, the 30 days and the copy number are our own design; what a level must show is read from terms.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { Clock } from '../../base/clock.ts';
import type { FieldCipher } from '../../crypto/ports.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import type { Directory } from '../index.ts';
import { createDarkroom } from '../photo/darkroom.ts';
import type { Photos } from '../photo/photos.ts';
import type { Copy, FoundCopy, NewCopy } from './copy.ts';
import { findCopy } from './find-copy.ts';
import { findCopyFont } from './find-font.ts';
import { makeCopy } from './make-copy.ts';
import { type CopyFont, type FoundFont, openCopyFont } from './open-font.ts';
import type { Work } from './ports.ts';
import { openCopyStore } from './store.ts';

export type { Copy, CopyForm, FoundCopy, NewCopy } from './copy.ts';

/** What copies are given from outside. */
export interface CopyDeps {
  connection: RecordConnection;
  cipher: FieldCipher;
  directory: Pick<Directory, 'verifySeal'>;
  photos: Pick<Photos, 'makeReference' | 'openReference'>;
  clock: Clock;
  /** The address of this instance: the code on a copy leads to its page of verification. */
  issuer: string;
  /** Finds the font; left out, the machine's own fonts are looked through for Noto Sans CJK SC. */
  findFont?: () => Promise<FoundFont | null>;
}

/** What can be asked of copies. */
export interface Copies {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Where the audit relay finds what happened. */
  readonly outboxes: readonly OutboxSource[];
  makeCopy(input: NewCopy): Promise<Copy>;
  /** Finds what stands at the foot of a copy by the SHA-256 of its bytes; null when no such copy was made here. */
  findCopy(digest: string): Promise<FoundCopy | null>;
}

/** Opens the copies on their store. */
export function createCopies({ connection, findFont = findCopyFont, ...deps }: CopyDeps): Copies {
  const store = openCopyStore(connection);
  const work: Work = { ...deps, store, darkroom: createDarkroom(), font: fontOnce(findFont) };
  return {
    ready: store.ready,
    outboxes: store.outboxes,
    makeCopy: (input) => makeCopy(work, input),
    findCopy: (digest) => findCopy(work, digest),
  };
}

/** Opens the font at its first use and keeps it; while there is none it is looked for anew, so none need restart. */
const fontOnce = (find: () => Promise<FoundFont | null>): (() => Promise<CopyFont | null>) => {
  let known: CopyFont | null = null;
  return async () => {
    if (known !== null) return known;
    const found = await find();
    known = found === null ? null : await openCopyFont(found);
    return known;
  };
};
