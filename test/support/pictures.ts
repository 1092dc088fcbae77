import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = process.env['PICTURES_FOLDER'];

/** Puts a picture of the whole page where PICTURES_FOLDER says, to be looked at; does nothing where it says nothing. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  if (folder === undefined) return;
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
};
