/**
 * A long file under the master key, made and read as a stream. Owns its header and its frames; what is inside is its
 * owner's. The header is one line in the clear: format, fingerprint of the master key, salt, and, of a file for a recipient,
 * who that is with a secret that only its private key opens. Each file has a key of its own, derived from the master key with
 * the salt, and with that secret: a file for a recipient opens with both keys, and without the master key nobody makes one.
 * Frames of one size are AES-256-GCM over a counter and a mark on the last, with the header bound to each, so that a file
 * that was cut, reordered or put together from two does not open. That construction is known as STREAM [M]; header and sizes
 * are designs of this project.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../base/error.ts';
import { type RecipientKey, unwrapKey, wrapKey } from './file-recipient.ts';
import type { MasterKey } from './master-key.ts';

const format = 'yihao-sealed-file-1';
const frameBytes = 65_536;
const tagBytes = 16;
const longestHeader = 2048;

/** The key of one file, and the header that tells how to find it. */
export interface FileKey {
  header: Buffer;
  key: Buffer;
}

interface Header {
  masterKey: string;
  salt: string;
  recipient?: { thumbprint: string; wrapped: string };
}

const nonceOf = (frame: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
};

const keyOf = (masterKey: MasterKey, salt: string, secret: Buffer | null): Buffer => {
  const own = masterKey.derive(`file/${salt}`);
  return secret === null ? own : Buffer.from(hkdfSync('sha256', secret, own, 'yihao/file/recipient', 32));
};

/** Makes the key of a new file, for a recipient where one is named. */
export async function newFileKey(masterKey: MasterKey, recipient: RecipientKey | null): Promise<FileKey> {
  const salt = randomBytes(16).toString('base64url');
  const header: Header = { masterKey: masterKey.fingerprint, salt };
  const secret = recipient && randomBytes(32);
  if (recipient && secret)
    header.recipient = { thumbprint: recipient.thumbprint, wrapped: await wrapKey(recipient, secret) };
  const line = `${JSON.stringify({ format, ...header })}\n`;
  return { header: Buffer.from(line), key: keyOf(masterKey, salt, secret) };
}

/**
 * Finds the key of a file by its header. Throws backup-other-key, backup-for-recipient, backup-unreadable.
 */
export async function findFileKey(
  header: Buffer,
  masterKey: MasterKey,
  identity: RecipientKey | null,
): Promise<FileKey> {
  const { masterKey: sealedBy, salt, recipient } = readHeader(header);
  if (sealedBy !== masterKey.fingerprint)
    throw new AppError('backup-other-key', { sealedBy, given: masterKey.fingerprint });
  if (recipient === undefined) return { header, key: keyOf(masterKey, salt, null) };
  if (identity?.thumbprint !== recipient.thumbprint)
    throw new AppError('backup-for-recipient', { recipient: recipient.thumbprint });
  const secret = await unwrapKey(identity, recipient.wrapped);
  if (secret === null) throw new AppError('backup-unreadable', { place: 'recipient' });
  return { header, key: keyOf(masterKey, salt, secret) };
}

/** Seals a stream of bytes: yields the header, then the frames. */
export async function* sealedFile(file: FileKey, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield file.header;
  for await (const { bytes, frame, last } of framesOf(source, frameBytes))
    yield seal(file, bytes, frame, last);
}

/**
 * Opens what sealedFile made, frame by frame, with the key found for its header: what is yielded is genuine, and the end is
 * only reached by a whole file. Throws backup-unreadable, and what finding the key throws.
 */
export async function* openSealedFile(
  find: (header: Buffer) => Promise<FileKey>,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const { header, rest } = await takeHeader(source);
  const file = await find(header);
  for await (const { bytes, frame, last } of framesOf(rest, frameBytes + tagBytes))
    yield open(file, bytes, frame, last);
}

const seal = ({ header, key }: FileKey, plain: Buffer, frame: number, last: boolean): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame, last)).setAAD(header);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

const open = ({ header, key }: FileKey, sealed: Buffer, frame: number, last: boolean): Buffer => {
  try {
    const tagAt = sealed.length - tagBytes;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame, last), { authTagLength: tagBytes });
    decipher.setAAD(header).setAuthTag(sealed.subarray(tagAt));
    return Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()]);
  } catch (cause) {
    throw new AppError('backup-unreadable', { place: `frame ${frame}` }, { cause });
  }
};

/** Cuts a stream into frames of one size; the last is shorter, or as long, and there always is one. */
async function* framesOf(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; frame: number; last: boolean }> {
  let frame = 0;
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    held.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    const all = Buffer.concat(held);
    let at = 0;
    // One byte at least is kept back: only the end of the source tells which frame is the last.
    for (; all.length - at > size; at += size, frame += 1)
      yield { bytes: all.subarray(at, at + size), frame, last: false };
    held = [all.subarray(at)];
    length = all.length - at;
  }
  yield { bytes: Buffer.concat(held), frame, last: true };
}

const takeHeader = async (
  source: AsyncIterable<Buffer>,
): Promise<{ header: Buffer; rest: AsyncIterable<Buffer> }> => {
  const chunks = source[Symbol.asyncIterator]();
  let taken = Buffer.alloc(0);
  while (!taken.includes(10) && taken.length < longestHeader) {
    const { done, value } = await chunks.next();
    if (done) break;
    taken = Buffer.concat([taken, value]);
  }
  const end = taken.indexOf(10) + 1;
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield taken.subarray(end);
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return { header: taken.subarray(0, end), rest: rest() };
};

const readHeader = (header: Buffer): Header => {
  try {
    const { format: read, ...rest } = JSON.parse(header.toString()) as Header & { format?: unknown };
    const { masterKey, salt, recipient } = rest;
    const named = recipient === undefined ? [] : [recipient.thumbprint, recipient.wrapped];
    if (read === format && [masterKey, salt, ...named].every((text) => typeof text === 'string')) return rest;
  } catch {
    // Told below, as for any other file.
  }
  throw new AppError('backup-unreadable', { place: 'header' });
};
