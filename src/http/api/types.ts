import { z } from 'zod';
import type { Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';

const name = z.object({ zh: z.string(), en: z.string() });

const answer = z.object({
  types: z.array(
    z.object({
      code: z.string(),
      version: z.int(),
      name,
      officialCode: z.string().nullable(),
      holderCategory: z.enum(['natural', 'legal']),
      leastHolders: z.int(),
      mostHolders: z.int(),
      photoProfile: z.string().nullable(),
      /** JSON Schema (2020-12) of the face fields. */
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** Makes the operation that lists the catalogue of types with what each has on its face. */
export const typesOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'listCertificateTypes',
    path: '/certificate-types/list',
    scope: 'certificate.verify',
    summary: { zh: '证照类型目录', en: 'List the types of certificates' },
    body: z.strictObject({}),
    answer,
    refusals: [],
    async run() {
      const types = await directory.catalogue.listTypes();
      const schemas = await Promise.all(types.map(({ code }) => directory.catalogue.faceSchema(code)));
      return {
        types: types.map((type, i) => ({
          code: type.code,
          version: type.version,
          name: type.name,
          officialCode: type.officialCode,
          holderCategory: type.holderCategory,
          leastHolders: type.leastHolders,
          mostHolders: type.mostHolders,
          photoProfile: type.photoProfile,
          fields: schemas[i] ?? {},
        })),
      };
    },
  });
