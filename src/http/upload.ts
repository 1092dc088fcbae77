import type { Context } from 'koa';
import { AppError } from '../base/error.ts';

/** What a form writes around a file. */
const aroundBytes = 4096;

/**
 * Reads one file of a multipart form, held in memory for as long as the request lasts. Throws file-missing,
 * file-too-large and body-malformed.
 */
export async function readFile(ctx: Context, name: string, limitKb: number): Promise<Buffer> {
  if (!ctx.is('multipart/form-data')) throw new AppError('body-malformed');
  const limitBytes = limitKb * 1024;
  const body = await readWhole(ctx, limitBytes + aroundBytes, limitKb);
  const form = await formOf(body, ctx.get('content-type'));
  const file = form.get(name);
  // A form sent without a choice carries a file of no name and no bytes.
  if (!(file instanceof Blob) || file.size === 0) throw new AppError('file-missing');
  if (file.size > limitBytes) throw new AppError('file-too-large', { limitKb });
  return Buffer.from(await file.arrayBuffer());
}

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
