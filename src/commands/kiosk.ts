import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Language } from '../../views/text/index.ts';
import { systemClock } from '../base/clock.ts';
import { createKiosk, type Kiosk, longestKnowledgeSeconds, openKioskFolder } from '../directory/index.ts';
import { type SpokenVerdict, speakRefreshed, speakVerdict } from './kiosk-words.ts';

const usage = 'usage: yihao kiosk check FOLDER ISSUER...';
const languages = ['zh', 'en'] as const;
const fetchTimeoutMilliseconds = 10_000;

/** A machine that checks codes without a network, answering in words. */
export interface SpokenKiosk {
  refresh(language: Language): Promise<string[]>;
  check(text: string, language: Language): Promise<SpokenVerdict>;
}

/** Opens a machine that keeps what it knows of some regions in a folder. */
export async function openKiosk(folder: string, issuers: readonly string[]): Promise<Kiosk> {
  const cache = await openKioskFolder(folder);
  return createKiosk({ cache, clock: systemClock, issuers, fetchText, longestKnowledgeSeconds });
}

/** Has a machine answer in the words of one language at a time. */
export const spoken = (kiosk: Kiosk): SpokenKiosk => ({
  refresh: async (language) => (await kiosk.refresh()).map((one) => speakRefreshed(one, language)),
  check: async (text, language) => speakVerdict(await kiosk.check(text), language),
});

const fetchText = async (url: string): Promise<string> => {
  const answer = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(fetchTimeoutMilliseconds),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
};

/**
 * Checks the codes that a scanner types, a line each, by what is kept in a folder; an empty line fetches keys and lists
 * anew. Answers in both languages, and ends with its input.
 */
export async function checkAtKiosk(
  [folder, ...issuers]: readonly string[],
  typed: Readable = process.stdin,
): Promise<void> {
  const areAddresses = issuers.every((issuer) => URL.canParse(issuer));
  if (folder === undefined || issuers.length === 0 || !areAddresses) throw new Error(usage);
  const kiosk = await openKiosk(
    folder,
    issuers.map((issuer) => issuer.replace(/\/$/, '')),
  );
  const update = async (): Promise<void> => {
    const refreshed = await kiosk.refresh();
    for (const language of languages) for (const one of refreshed) console.log(speakRefreshed(one, language));
  };
  await update();
  for await (const line of createInterface({ input: typed })) {
    const verdict = line.trim() === '' ? null : await kiosk.check(line);
    if (verdict === null) await update();
    else for (const language of languages) print(speakVerdict(verdict, language));
  }
}

const print = ({ heading, lines, rows }: SpokenVerdict): void => {
  console.log(`\n${heading}`);
  for (const line of lines) console.log(`  ${line}`);
  for (const { label, value } of rows) console.log(`  ${label}: ${value}`);
};
