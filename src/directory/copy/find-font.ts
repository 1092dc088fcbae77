import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FoundFont } from './open-font.ts';

const family = 'Noto Sans CJK SC';
const face = 'NotoSansCJKsc-Regular';
/** Where Debian and Ubuntu, Fedora, Alpine and Arch put it. */
const places = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
];

/** Finds the font of copies: where systems put it, else where fontconfig says it is; null when there is none. */
export async function findCopyFont(): Promise<FoundFont | null> {
  for (const file of places) if (await isThere(file)) return { file, face };
  return askFontconfig();
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const askFontconfig = async (): Promise<FoundFont | null> => {
  const asked = ['-f', '%{file}\n%{postscriptname}', `${family}:style=Regular`];
  // Without fontconfig on the machine there is nobody to ask, and that is an answer.
  const found = await promisify(execFile)('fc-match', asked).catch(() => null);
  const [file = '', name = ''] = found?.stdout.split('\n') ?? [];
  // fontconfig always names some font; only this one is known to hold rare characters and to embed well.
  return name.trim() === face ? { file, face } : null;
};
