import type { Config } from '../config/index.ts';
import { openPkcs11Token, type TokenKeys } from './crypto/index.ts';

/** Opens the token that keeps private keys; null: all of them are in the storage. */
export const openKeyToken = ({ pkcs11 }: Pick<Config, 'pkcs11'>): TokenKeys | null =>
  pkcs11 === null
    ? null
    : { token: openPkcs11Token(pkcs11), ofAuthorities: pkcs11.rings.includes('authority') };
