import { z } from 'zod';
import type { KeyDeclaration } from './declaration.ts';

const typeCode = z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}\d{3}$/, 'the code of a certificate type');

/** The keys of which certificates prove that one person acts for another, or for an organisation. */
export const mandateKeys = {
  YIHAO_BUSINESS_LICENCE_TYPE: {
    parse: typeCode,
    fallback: '11999999000000019M006',
    form: 'the code of a certificate type',
    meaning:
      'The type of the business licence. Its field legalRepresentativeNumber says who may open the organisation here.',
  },
  YIHAO_BIRTH_CERTIFICATE_TYPE: {
    parse: typeCode,
    fallback: '11999999000000019M009',
    form: 'the code of a certificate type',
    meaning:
      'The type of the certificate of birth. Its fields motherIdNumber and fatherIdNumber say who acts for a child.',
  },
  YIHAO_HOUSEHOLD_REGISTER_TYPE: {
    parse: typeCode,
    fallback: '11999999000000019M002',
    form: 'the code of a certificate type',
    meaning:
      'The type of the household register. Its rows members say whose child somebody is: relation to the head, and citizenNumber.',
  },
} as const satisfies Record<string, KeyDeclaration>;
