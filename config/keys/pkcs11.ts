import { z } from 'zod';
import type { KeyDeclaration } from './declaration.ts';

/** The keys of a token (HSM) that keeps private keys. */
export const pkcs11Keys = {
  YIHAO_PKCS11_MODULE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'The PKCS#11 library of a token that is to keep private keys; OpenSC’s pkcs11-tool must be installed. Unset: all keys are in the storage, sealed by the master key.',
  },
  YIHAO_PKCS11_TOKEN: {
    parse: z.string().max(32, 'a label of 32 characters at most'),
    form: 'label',
    meaning: 'The label of the token.',
  },
  YIHAO_PKCS11_PIN: {
    parse: z.string(),
    form: 'PIN',
    meaning: 'What opens the token.',
    secret: true,
  },
  YIHAO_PKCS11_RINGS: {
    parse: z.enum(['agreement', 'agreement,authority'], 'agreement, or agreement,authority'),
    fallback: 'agreement',
    form: 'agreement | agreement,authority',
    meaning:
      'Whose ES256 keys are made in the token from now on: that of agreements, or also those that seal certificates and the audit chain, at some thirty milliseconds a seal. Keys made before stay where they are.',
  },
} as const satisfies Record<string, KeyDeclaration>;
