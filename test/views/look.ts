import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../support/chromium.ts';
import { drawPages, type Look, type Mode, modeName, modes, openLook } from '../support/look.ts';

// `npm run look [folder [word …]]`: holds every page, or those whose names hold a word, against the rules in every
// mode, and with a folder puts a picture of each there, as wide as a phone and as a desktop. The suite takes one mode
// a page; this takes them all.
const [folder, ...words] = process.argv.slice(2);

const pictureModes: Mode[] = [
  { language: 'zh', size: 'normal', width: 375, colorScheme: 'light' },
  { language: 'zh', size: 'large', width: 375, colorScheme: 'light' },
  { language: 'en', size: 'normal', width: 375, colorScheme: 'dark' },
  { language: 'zh', size: 'normal', width: 1280, colorScheme: 'light' },
];

const chosen = (mode: Mode) =>
  drawPages(mode, (name) => words.length === 0 || words.some((word) => name.includes(word)));

const takePictures = async (look: Look, mode: Mode, to: string): Promise<void> => {
  const path = join(to, modeName(mode));
  await mkdir(path, { recursive: true });
  await look.turn(mode);
  for (const drawn of chosen(mode)) {
    await look.put(drawn);
    await look.page.screenshot({ path: join(path, `${drawn[0]}.png`), fullPage: true });
  }
};

const browser = await launchBrowser();
try {
  const look = await openLook(browser);
  if (folder !== undefined) for (const mode of pictureModes) await takePictures(look, mode, folder);
  for (const mode of modes) {
    await look.turn(mode);
    const lines = await look.judge(chosen(mode), mode, 'all');
    process.stdout.write(
      `${modeName(mode)}: ${lines.length} faults\n${lines.map((line) => `  ${line}\n`).join('')}`,
    );
    if (lines.length > 0) process.exitCode = 1;
  }
} finally {
  await browser.close();
}
