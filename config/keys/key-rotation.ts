import { z } from 'zod';
import { integer, type KeyDeclaration } from './declaration.ts';

/** The rings that may be rotated by themselves. The agreement key is not among them: other regions have pinned it. */
const rings = [
  'provider',
  'credential',
  'peer',
  'federation',
  'authority',
  'audit',
  'data',
  'photo',
] as const;
const shape = `RING=DAYS with ${rings.join(', ')} and 0 to 3650 days, comma separated`;

type RotationDays = Partial<Record<(typeof rings)[number], number>>;

const rotationDays = z
  .string()
  .regex(new RegExp(`^((${rings.join('|')})=\\d{1,4}(,(?!$)|$))*$`), shape)
  .transform(
    (text): RotationDays =>
      Object.fromEntries(text.split(',').map((each) => [each.split('=')[0], Number(each.split('=')[1])])),
  )
  .refine((days) => Object.values(days).every((each) => each <= 3650), shape);

/** The keys of when the instance's own keys are rotated. */
export const keyRotationKeys = {
  YIHAO_KEY_ROTATION_DAYS: {
    parse: rotationDays,
    fallback: 'provider=90,credential=365,peer=90,authority=365,audit=365',
    form: 'RING=DAYS, comma separated',
    meaning:
      'After how many days a key ring is rotated by itself; one with 0, or not named, is rotated by hand (`yihao keys rotate`). The federation ring is pinned by hand above, so name it only where that is done in time.',
  },
  YIHAO_KEY_ANNOUNCE_DAYS: {
    parse: integer(0, 90),
    fallback: '2',
    form: 'days',
    meaning: 'How long a key is published at least before it signs; 0 is refused in production.',
  },
} as const satisfies Record<string, KeyDeclaration>;
