import { createHash } from 'node:crypto';
import type { MasterKey } from './crypto/index.ts';

/**
 * Makes what hides network addresses: they are personal data, and enter keys only as digests that nobody without the
 * master key can try.
 */
export const addressHider = (masterKey: MasterKey): ((address: string) => string) => {
  const salt = masterKey.derive('address');
  return (address) => createHash('sha256').update(salt).update(address).digest('base64url').slice(0, 22);
};
