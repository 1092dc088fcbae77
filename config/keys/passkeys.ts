import { z } from 'zod';
import type { KeyDeclaration } from './declaration.ts';

/** The keys of which makers' passkeys are taken for what. */
export const passkeyKeys = {
  YIHAO_HARDWARE_KEYS: {
    parse: z.enum(['none', 'bound', 'attested'], 'one of the words none, bound, attested'),
    fallback: 'none',
    form: 'none, bound or attested',
    meaning:
      'Which passkeys bring a person known at level 3 to level 4. bound: those that say they are not synced between devices. attested: of these only the ones whose maker has proven that they are of a model which YIHAO_PASSKEY_POLICY_FILE takes for hardware.',
  },
  YIHAO_PASSKEY_POLICY_FILE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'A JSON file of the models of authenticators that are hardware, ordinary or refused, with the roots their attestations end at (docs/passkeys.md). Unset: no passkey is asked for its maker.',
  },
} as const satisfies Record<string, KeyDeclaration>;
