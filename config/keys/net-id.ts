import { z } from 'zod';
import { type KeyDeclaration, urlOf, words } from './declaration.ts';

/** The keys of the service by which people sign in with a net-ID (网号网证), where they want to. */
export const netIdKeys = {
  YIHAO_NET_ID_ISSUER: {
    parse: urlOf('https:', 'http:'),
    form: 'issuer URL',
    meaning:
      'The OpenID Provider of the national net-ID service, or what stands before it. Unset: net-ID is not offered. On a private network its host belongs in YIHAO_PRIVATE_SITE_HOSTS too.',
  },
  YIHAO_NET_ID_CLIENT_ID: {
    parse: z.string().regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible characters'),
    form: 'text',
    meaning:
      'As what this instance is registered there. Its redirect address is the issuer followed by /net-id/callback.',
  },
  YIHAO_NET_ID_KEY_FILE: {
    parse: z.string(),
    form: 'path',
    meaning:
      'The private key (a JWK) by which this instance proves itself there (private_key_jwt); its public half is registered there.',
  },
  YIHAO_NET_ID_STRONG_ACR: {
    parse: words,
    fallback: '',
    form: 'acr values, comma separated',
    meaning:
      'The acr values at which that service has checked the person as well as a face check does. Binding such a net-ID counts for the third level, if the service also proves that it means this person. Empty: none does.',
  },
} as const satisfies Record<string, KeyDeclaration>;
