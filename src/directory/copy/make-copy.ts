import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newTraceCode } from '../../base/id.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { contentOf } from './content.ts';
import { type Copy, type CopyForm, type CopyRecord, copyContext, type NewCopy } from './copy.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { layOut } from './lay-out.ts';
import type { CopyFont } from './open-font.ts';
import { type Page, textsOf } from './page.ts';
import type { Work } from './ports.ts';
import { lastDayOf, plainText } from './rules.ts';

/**
 * Makes a copy and writes down that it was made, before it is handed out. Throws copy-purpose, copy-expiry,
 * date-invalid, copy-of-no-use, copy-font-missing, copy-seal-broken, copy-glyph-missing, and what a photo that may not
 * be handed out throws (photo-not-accepted, photo-missing, photo-font-missing).
 */
export async function makeCopy(work: Work, input: NewCopy): Promise<Copy> {
  const { certificate, type, caller, form } = input;
  const { identifier } = certificate;
  const now = work.clock.now();
  const [callerName, purpose] = [plainText(caller.name), plainText(input.purpose)];
  const expiresOn = lastDayOf(certificate, input.expiresOn, now);
  const [font, seal] = await Promise.all([work.font(), work.directory.verifySeal(identifier)]);
  if (font === null) throw new AppError('copy-font-missing');
  if (seal !== 'genuine') throw new AppError('copy-seal-broken');
  const photo = await photoOf(work, certificate.photoId, { id: caller.id, name: callerName }, purpose);

  const copyId = `${newTraceCode()}-${newTraceCode()}`;
  const madeOn = shanghaiDateOf(now);
  const { issuer } = work;
  const terms = { copyId, callerName, purpose, madeOn, expiresOn, photo, issuer };
  const page = layOut(contentOf(certificate, type, terms), font);
  refuseBoxes(page, font);
  const bytes = await work.darkroom.run(() => draw(page, font, form, now));
  const digest = createHash('sha256').update(bytes).digest('hex');
  const record: CopyRecord = {
    _id: copyId,
    identifier,
    callerId: caller.id,
    callerName: work.cipher.seal(callerName, copyContext(copyId, 'callerName')),
    purpose: work.cipher.seal(purpose, copyContext(copyId, 'purpose')),
    form,
    digest,
    expiresOn,
    outbox: [newEvent(work.clock, 'copy.made', caller.id, { identifier, form, digest, expiresOn })],
    createdAt: now,
    updatedAt: now,
  };
  await work.store.insert(record);

  return { copyId, bytes, contentType: contentTypes[form], digest, expiresOn };
}

const contentTypes = { pdf: 'application/pdf', png: 'image/png' } as const;

const draw = (page: Page, font: CopyFont, form: CopyForm, at: Date): Promise<Buffer> =>
  form === 'pdf' ? drawPdf(page, font, at) : drawPng(page, font);

/** Refuses a page that would show a box where a character is: a name printed wrong is no name. Throws copy-glyph-missing. */
const refuseBoxes = (page: Page, font: CopyFont): void => {
  const missing = font.missingFrom(textsOf(page).join(''));
  // How many and not which: a rare character may be half a name.
  if (missing.length > 0) throw new AppError('copy-glyph-missing', { count: missing.length });
};

const photoTtlSeconds = 60;

/** Opens the photo as anyone gets it: with who has it and what for drawn over the face too. */
const photoOf = async (
  { photos }: Work,
  photoId: string | undefined,
  { id, name }: { id: string; name: string },
  purpose: string,
): Promise<Buffer | null> => {
  if (photoId === undefined) return null;
  const { token } = await photos.makeReference({
    photoId,
    callerId: id,
    callerName: name,
    purpose,
    ttlSeconds: photoTtlSeconds,
  });
  return photos.openReference(token);
};
