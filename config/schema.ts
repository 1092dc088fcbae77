import type { z } from 'zod';
import { abuseKeys } from './keys/abuse.ts';
import { auditKeys } from './keys/audit.ts';
import { authorityKeys } from './keys/authorities.ts';
import { keyRotationKeys } from './keys/key-rotation.ts';
import { limitKeys } from './keys/limits.ts';
import { mandateKeys } from './keys/mandates.ts';
import { miniProgramKeys } from './keys/mini-program.ts';
import { netIdKeys } from './keys/net-id.ts';
import { passkeyKeys } from './keys/passkeys.ts';
import { phoneChangeKeys } from './keys/phone-change.ts';
import { pkcs11Keys } from './keys/pkcs11.ts';
import { placeKeys } from './keys/places.ts';
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
  ...passkeyKeys,
  ...pkcs11Keys,
  ...recoveryKeys,
  ...phoneChangeKeys,
  ...placeKeys,
  ...regionKeys,
  ...authorityKeys,
  ...auditKeys,
  ...keyRotationKeys,
  ...mandateKeys,
  ...miniProgramKeys,
  ...netIdKeys,
  ...watchingKeys,
};

export type Key = keyof typeof schema;
type Declared<K extends Key> = z.output<(typeof schema)[K]['parse']>;
type Optional<K extends Key> = (typeof schema)[K] extends { fallback: string }
  ? Declared<K>
  : Declared<K> | null;
export type Values = { readonly [K in Key]: Optional<K> };
