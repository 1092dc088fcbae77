import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId } from '../../base/id.ts';

/** What a reference stands for; kept in the ephemeral store, never in the reference. */
export interface ReferenceGrant {
  photoId: string;
  callerId: string;
  callerName: string;
  purpose: string;
}

const macContext = 'yihao/photo-reference/v1';

/** Names the entry of a reference in the ephemeral store. */
export const referenceKeyOf = (referenceId: string): string => `photo-reference:${referenceId}`;

/** Makes a reference: a random identifier and its HMAC-SHA-256; it says nothing of the photo, the caller or the purpose. */
export function newReference(key: Buffer): { referenceId: string; token: string } {
  const referenceId = newId();
  return { referenceId, token: `${referenceId}.${macOf(key, referenceId).toString('base64url')}` };
}

/** Reads a reference; null when it was not signed under the key, so that guesses never reach the store. */
export function readReference(key: Buffer, token: string): string | null {
  const [, referenceId, mac] = /^([\w-]{22})\.([\w-]{43})$/.exec(token) ?? [];
  if (referenceId === undefined || mac === undefined) return null;
  const isOurs = timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(key, referenceId));
  return isOurs ? referenceId : null;
}

const macOf = (key: Buffer, referenceId: string): Buffer =>
  createHmac('sha256', key).update(`${macContext}:${referenceId}`, 'utf8').digest();
