import { z } from 'zod';
import { httpUrl, integer, type KeyDeclaration, words } from './declaration.ts';

/** The keys of what this instance has to do with others: the region above and federations. */
export const regionKeys = {
  YIHAO_DIRECTORY_KEY: {
    parse: z.string().regex(/^[0-9a-fA-F]{64}$/, '64 hexadecimal characters'),
    form: '32 bytes, hex',
    meaning:
      'The key that the directories of a province and its cities share to speak of holders without naming them. Set this or YIHAO_DIRECTORY_KEY_FILE; unset: no directory is gathered or told.',
    secret: true,
  },
  YIHAO_DIRECTORY_KEY_FILE: {
    parse: z.string(),
    form: 'file',
    meaning: 'A file, readable by its owner only, that holds the directory key.',
  },
  YIHAO_PARENT_ISSUER: {
    parse: httpUrl,
    form: 'origin',
    meaning:
      'The instance of the region above, which is told of each certificate here: that it exists, not what it says. Unset: none.',
  },
  YIHAO_PARENT_CLIENT_ID: {
    parse: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, dot, dash, at most 64'),
    form: 'client id',
    meaning: 'What this instance is registered as at the region above.',
  },
  YIHAO_PARENT_RECONCILE_SECONDS: {
    parse: integer(60, 2_592_000),
    fallback: '86400',
    form: 'seconds',
    meaning: 'How often the entries at the region above are compared with the certificates here.',
  },
  YIHAO_FEDERATION_SUPERIORS: {
    parse: words.refine(
      (list) => list.every((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
      'https addresses, comma separated',
    ),
    fallback: '',
    form: 'entity identifiers, comma separated',
    meaning:
      'The entities right above this one in an OpenID Federation. Unset: the region above, where there is one; else this instance is a trust anchor.',
  },
  YIHAO_FEDERATION_ANCHORS_FILE: {
    parse: z.string(),
    form: 'file',
    meaning:
      'A JSON file of the trust anchors of federations, each entity identifier with its key set. Unset: this instance trusts itself only.',
  },
} as const satisfies Record<string, KeyDeclaration>;
