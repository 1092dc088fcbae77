import type { Context, Middleware } from 'koa';
import { AppError } from '../base/error.ts';

/** What a form writes around a file. */
const aroundBytes = 4096;

/**
 * Reads one file of a multipart form, held in memory for as long as the request lasts. Throws file-missing,
 * file-too-large and body-malformed.
 */
export async function readFile(ctx: Context, name: string, limitKb: number): Promise<Buffer> {
  const bytes = await fileOf(await readMultipart(ctx, limitKb), name, limitKb);
  if (bytes === null) throw new AppError('file-missing');
  return bytes;
}

/**
 * Reads a multipart form with one file: its texts as readForm reads them, and its file for uploadedFile. Throws
 * file-too-large and body-malformed.
 */
export const readUpload =
  (name: string, limitKb: number): Middleware =>
  async (ctx, next) => {
    const form = await readMultipart(ctx, limitKb);
    ctx.request.body = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
    ctx.state['uploaded'] = await fileOf(form, name, limitKb);
    return next();
  };

/** Returns the file of a form that readUpload has read; null when none was chosen. */
export const uploadedFile = (ctx: Context): Buffer | null => {
  const file: unknown = ctx.state['uploaded'];
  return Buffer.isBuffer(file) ? file : null;
};

const readMultipart = async (ctx: Context, limitKb: number): Promise<FormData> => {
  if (!ctx.is('multipart/form-data')) throw new AppError('body-malformed');
  const body = await readWhole(ctx, limitKb * 1024 + aroundBytes, limitKb);
  return formOf(body, ctx.get('content-type'));
};

const fileOf = async (form: FormData, name: string, limitKb: number): Promise<Buffer | null> => {
  const file = form.get(name);
  // A form sent without a choice carries a file of no name and no bytes.
  if (!(file instanceof Blob) || file.size === 0) return null;
  if (file.size > limitKb * 1024) throw new AppError('file-too-large', { limitKb });
  return Buffer.from(await file.arrayBuffer());
};

const readWhole = async (ctx: Context, most: number, limitKb: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req) {
    size += (chunk as Buffer).length;
    // The rest is read and left, so that the answer is heard: a browser listens once it has sent its form.
    if (size <= most) chunks.push(chunk as Buffer);
    else if (size > most * 8) break;
  }
  if (size > most) throw new AppError('file-too-large', { limitKb });
  return Buffer.concat(chunks);
};

/** Node reads multipart forms itself. */
const formOf = async (body: Buffer, type: string): Promise<FormData> => {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    // The cause is not passed on: a parser may quote what it could not read.
    throw new AppError('body-malformed');
  }
};
