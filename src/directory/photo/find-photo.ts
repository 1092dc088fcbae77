import { type PhotoSummary, summaryOf } from './photo.ts';
import type { Work } from './ports.ts';

/** Finds a photo, without its bytes; null when there is none. */
export async function findPhoto(work: Work, photoId: string): Promise<PhotoSummary | null> {
  const row = await work.store.row(photoId);
  return row === null ? null : summaryOf(row);
}

/** Lists the photos of a holder, the newest first. */
export async function listPhotosOf(work: Work, holderId: string): Promise<PhotoSummary[]> {
  const rows = await work.store.rowsOf(holderId);
  return rows.map(summaryOf);
}
