import { createHash } from 'node:crypto';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { FoundCopy } from '../copy/copies.ts';
import type { FileDeps, FileFinding, FileQuestion } from './files.ts';

const notOurs: FileFinding = {
  kind: 'other',
  verdict: { kind: 'notGenuine', reason: 'digest' },
  identifier: null,
  copy: null,
};

/** Tells what a file is, whether it is as it was issued here, and what its certificate is now. */
export async function verifyFile(deps: FileDeps, question: FileQuestion): Promise<FileFinding> {
  const digest = 'bytes' in question ? digestOf(question.bytes) : question.digest.toLowerCase();
  const copy = await deps.copies.findCopy(digest);
  if (copy !== null) return copyFound(deps, copy);
  if (!('bytes' in question)) return notOurs;
  const text = question.bytes.toString('utf8').trim();
  return text.startsWith('{') ? documentIn(deps, text) : credentialIn(deps, text);
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A copy is good as long as its certificate is and its own last day has not passed. */
async function copyFound(deps: FileDeps, copy: FoundCopy): Promise<FileFinding> {
  const { identifier, expiresOn } = copy;
  const verdict = await deps.directory.verifyCertificate({ identifier });
  const isOver = shanghaiDateOf(deps.clock.now()) > expiresOn;
  const lapsed: Verdict = { kind: 'notInForce', state: 'expired' };
  return { kind: 'copy', verdict: verdict.kind === 'genuine' && isOver ? lapsed : verdict, identifier, copy };
}

async function documentIn(deps: FileDeps, text: string): Promise<FileFinding> {
  const identifier = await deps.directory.identifyDocument(parsed(text));
  if (identifier === null) return notOurs;
  return {
    ...notOurs,
    kind: 'document',
    identifier,
    verdict: await deps.directory.verifyCertificate({ identifier }),
  };
}

async function credentialIn(deps: FileDeps, text: string): Promise<FileFinding> {
  const identifier = await deps.credentials.identifyCredential(text);
  if (identifier === null) return notOurs;
  return {
    ...notOurs,
    kind: 'credential',
    identifier,
    verdict: await deps.directory.verifyCertificate({ identifier }),
  };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
