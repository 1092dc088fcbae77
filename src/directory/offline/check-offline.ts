import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../base/error.ts';
import type { PublishedKeys } from '../../crypto/credential-jwt.ts';
import { verifySdJwt } from '../../crypto/sd-jwt-verify.ts';
import { isOfflineCodeType } from '../credential/sign-offline-code.ts';
import { keysUrlOf } from './addresses.ts';
import type { Kept, KioskDeps } from './ports.ts';

/** What a code shows of a certificate, in the words of its issuer. Personal data. */
export interface OfflineShown {
  issuer: string;
  typeName: string;
  issuerName: string;
  maskedName: string;
  validUntil: string | null;
  fields: { name: string; label: string; value: string }[];
  /** When the region signed the code: then the certificate was valid. */
  signedAt: Date;
}

/**
 * What a machine says of a code by what it knows:
 * - `genuine`, `notInForce`, `ended`: as in a verdict of the region, by a list that was fetched at `knownAt`;
 * - `notGenuine`: not to be relied on; the code says why;
 * - `cannotTell`: it knows too little, or knew it too long ago.
 * `knownAt` is the time of the older of keys and list; null when neither was looked at.
 */
export type OfflineVerdict =
  | { kind: 'genuine'; knownAt: Date; shown: OfflineShown }
  | { kind: 'notInForce' | 'ended' | 'notGenuine' | 'cannotTell'; knownAt: Date | null; refusal: AppError };

/** How far this machine's clock may be from the region's. */
export const clockToleranceSeconds = 60;

const kinds: Partial<Record<ErrorCode, Exclude<OfflineVerdict['kind'], 'genuine'>>> = {
  'credential-ended': 'ended',
  'credential-suspended': 'notInForce',
  'credential-status-list-invalid': 'cannotTell',
  'offline-knowledge-missing': 'cannotTell',
  'offline-knowledge-too-old': 'cannotTell',
  'offline-online-code': 'cannotTell',
};

/**
 * Checks a code: issuer, age of what is known, key, signature, dates, status, and last that it was not used here before,
 * so that a code refused for another reason stays unused.
 */
export async function checkOffline(deps: KioskDeps, text: string): Promise<OfflineVerdict> {
  const knowledge = openKnowledge(deps);
  try {
    const shown = await verifiedCode(deps, knowledge, text.trim());
    const knownAt = knowledge.knownAt();
    if (knownAt === null) throw new AppError('offline-knowledge-missing');
    return { kind: 'genuine', knownAt, shown };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // That a list cannot be had means here that it was never kept, or is too old: the cause says which.
    const refusal = error.code === 'credential-status-unavailable' ? error.cause : error;
    if (!(refusal instanceof AppError)) throw refusal;
    return { kind: kinds[refusal.code] ?? 'notGenuine', knownAt: knowledge.knownAt(), refusal };
  }
}

interface Knowledge {
  /** Returns what is kept of an address. Throws offline-knowledge-missing and offline-knowledge-too-old. */
  read(url: string): Promise<string>;
  /** When the oldest of what was read was fetched. */
  knownAt(): Date | null;
}

function openKnowledge({ cache, clock, longestKnowledgeSeconds }: KioskDeps): Knowledge {
  let oldest: Date | null = null;
  return {
    knownAt: () => oldest,
    async read(url) {
      const kept: Kept | null = await cache.read(url);
      if (kept === null) throw new AppError('offline-knowledge-missing');
      const { text, fetchedAt } = kept;
      if (oldest === null || fetchedAt < oldest) oldest = fetchedAt;
      const ageSeconds = (clock.now().getTime() - fetchedAt.getTime()) / 1000;
      // Knowledge from the future means that the clock was set back, and old lists would count for longer.
      if (ageSeconds > longestKnowledgeSeconds || ageSeconds < -clockToleranceSeconds)
        throw new AppError('offline-knowledge-too-old', { hours: longestKnowledgeSeconds / 3600 });
      return text;
    },
  };
}

const shape = z.object({
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(1),
  typeName: z.string(),
  issuerName: z.string(),
  maskedName: z.string(),
  validUntil: z.string().nullable().default(null),
  fields: z.record(z.string(), z.tuple([z.string(), z.string()])),
});

async function verifiedCode(deps: KioskDeps, knowledge: Knowledge, text: string): Promise<OfflineShown> {
  if (/^https?:\/\//.test(text)) throw new AppError('offline-online-code');
  const { issuer, type, claims } = await verifySdJwt(text, {
    clock: deps.clock,
    presentedTo: null,
    toleranceSeconds: clockToleranceSeconds,
    keysOf: async (asked) => {
      if (!deps.issuers.includes(asked)) return null;
      const keys = JSON.parse(await knowledge.read(keysUrlOf(asked))) as PublishedKeys;
      if (keys.keys.every(({ kid }) => kid !== keyIdOf(text))) throw new AppError('offline-key-unknown');
      return keys;
    },
    statusListOf: (uri) => knowledge.read(uri),
  });
  // A wallet's credential lives for years: one that was copied would be shown by anybody.
  if (!isOfflineCodeType(type)) throw new AppError('credential-type-not-accepted');
  const read = shape.safeParse(claims);
  if (!read.success) throw new AppError('credential-malformed');
  const { iat, exp, jti, fields, ...shown } = read.data;

  // By its own name, not by its text: a second signature over the same content can be worked out from the first.
  const name = createHash('sha256').update(`${issuer} ${jti}`).digest('hex');
  const until = new Date((exp + clockToleranceSeconds) * 1000);
  if (!(await deps.cache.addIfAbsent(name, until))) throw new AppError('offline-used');
  return {
    ...shown,
    issuer,
    fields: Object.entries(fields).map(([field, [label, value]]) => ({ name: field, label, value })),
    signedAt: new Date(iat * 1000),
  };
}

/** Reads which key a token says it was signed by; null when it says nothing that can be read. */
function keyIdOf(text: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString('utf8'));
    const { kid } = header as { kid?: unknown };
    return typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}
