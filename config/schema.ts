import type { z } from 'zod';
import { abuseKeys } from './keys/abuse.ts';
import { authorityKeys } from './keys/authorities.ts';
import { limitKeys } from './keys/limits.ts';
import { mandateKeys } from './keys/mandates.ts';
import { miniProgramKeys } from './keys/mini-program.ts';
import { phoneChangeKeys } from './keys/phone-change.ts';
import { recoveryKeys } from './keys/recovery.ts';
import { regionKeys } from './keys/regions.ts';
import { serverKeys } from './keys/server.ts';
import { sessionKeys } from './keys/sessions.ts';
import { watchingKeys } from './keys/watching.ts';

export type { KeyDeclaration } from './keys/declaration.ts';

/**
 * Every configuration key, declared once, by subject. `docs/configuration.md` is generated from it.
 */
export const schema = {
  ...serverKeys,
  ...limitKeys,
  ...abuseKeys,
  ...sessionKeys,
  ...recoveryKeys,
  ...phoneChangeKeys,
  ...regionKeys,
  ...authorityKeys,
  ...mandateKeys,
  ...miniProgramKeys,
  ...watchingKeys,
};

export type Key = keyof typeof schema;
type Declared<K extends Key> = z.output<(typeof schema)[K]['parse']>;
type Optional<K extends Key> = (typeof schema)[K] extends { fallback: string }
  ? Declared<K>
  : Declared<K> | null;
export type Values = { readonly [K in Key]: Optional<K> };
