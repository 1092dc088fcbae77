/**
 * A long file under the master key, made and read as a stream. Owns its header and its frames; what is inside is its
 * owner's. The header is one line in the clear: format, fingerprint of the master key, salt. Each file has a key of its
 * own, derived with the salt; frames of one size are AES-256-GCM over a counter and a mark on the last, so that a file that
 * was cut, reordered or put together from two does not open. That construction is known as STREAM [M]; header and sizes
 * are designs of this project.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../base/error.ts';
import type { MasterKey } from './master-key.ts';

const format = 'yihao-sealed-file-1';
const frameBytes = 65_536;
const tagBytes = 16;
const longestHeader = 1024;

interface FileKey {
  header: Buffer;
  key: Buffer;
}

const nonceOf = (frame: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
};

const keyOf = (masterKey: MasterKey, salt: string): Buffer => masterKey.derive(`file/${salt}`);

/** Seals a stream of bytes: yields the header, then the frames. */
export async function* sealedFile(
  masterKey: MasterKey,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(16).toString('base64url');
  const header = Buffer.from(`${JSON.stringify({ format, masterKey: masterKey.fingerprint, salt })}\n`);
  const file = { header, key: keyOf(masterKey, salt) };
  yield header;
  for await (const { bytes, frame, last } of framesOf(source, frameBytes))
    yield seal(file, bytes, frame, last);
}

/**
 * Opens what sealedFile made, frame by frame: what is yielded is genuine, and the end is only reached by a whole file.
 * Throws backup-other-key, backup-unreadable.
 */
export async function* openSealedFile(
  masterKey: MasterKey,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const { header, rest } = await takeHeader(source);
  const { masterKey: sealedBy, salt } = readHeader(header);
  if (sealedBy !== masterKey.fingerprint)
    throw new AppError('backup-other-key', { sealedBy, given: masterKey.fingerprint });
  const file = { header, key: keyOf(masterKey, salt) };
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

const readHeader = (header: Buffer): { masterKey: string; salt: string } => {
  try {
    const read = JSON.parse(header.toString()) as Record<string, unknown>;
    const { masterKey, salt } = read;
    if (read['format'] === format && typeof masterKey === 'string' && typeof salt === 'string')
      return { masterKey, salt };
  } catch {
    // Told below, as for any other file.
  }
  throw new AppError('backup-unreadable', { place: 'header' });
};
