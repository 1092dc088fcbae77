import { z } from 'zod';
import type { Directory, ParentSide } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { accessBy, basisOf, causeOf, type Ledger, useCauseShape } from './shapes.ts';

const keyId = z.string().regex(/^[0-9a-f]{12}$/);

const entry = z.strictObject({
  identifier: z.string().min(1).max(128),
  areaCode: z.string().max(12),
  status: z.string().max(32),
  revision: z.int().min(1),
  /** HMAC-SHA-256 of each holder under the directory key. */
  holderBlinds: z
    .array(z.string().regex(/^[\w-]{43}$/))
    .min(1)
    .max(50),
});

/** Makes the operation by which the library of a region below sends its thin entries (目录条目). */
export const pushEntriesOperation = ({ parentSide }: { parentSide: ParentSide }) =>
  operation({
    id: 'pushDirectoryEntries',
    path: '/directory/entries',
    scope: 'directory.push',
    summary: { zh: '报送下级目录条目', en: 'Send the entries of a library below' },
    body: z.strictObject({
      keyId,
      entries: z.array(entry).max(500),
      /** Events the library has still to look at; null while it sends for the first time. */
      behind: z.int().min(0).nullable(),
    }),
    answer: z.object({
      stored: z.int(),
      unchanged: z.int(),
      refused: z.array(z.object({ identifier: z.string(), code: z.string() })),
    }),
    refusals: ['tier-not-kept', 'tier-child-unknown', 'tier-key-other'],
    async run(batch, { clientId }) {
      const { refused, ...counts } = await parentSide.receiveEntries(clientId, batch);
      return { ...counts, refused: [...refused] };
    },
  });

const statusCount = z.object({ typeCode: z.string(), status: z.string(), count: z.int() });

/** Makes the operation by which a library below has its counts compared with what is kept of it (对账). */
export const compareBucketsOperation = ({ parentSide }: { parentSide: ParentSide }) =>
  operation({
    id: 'compareDirectoryBuckets',
    path: '/directory/buckets',
    scope: 'directory.push',
    summary: { zh: '下级目录对账', en: 'Compare the counts of a library below' },
    body: z.strictObject({
      keyId,
      buckets: z
        .array(
          z.strictObject({
            bucket: z.int().min(0).max(255),
            count: z.int().min(0),
            digest: z.string().regex(/^[0-9a-f]{32}$/),
          }),
        )
        .min(1)
        .max(64),
    }),
    answer: z.object({ differing: z.array(z.int()), counts: z.array(statusCount) }),
    refusals: ['tier-not-kept', 'tier-child-unknown', 'tier-key-other'],
    async run(question, { clientId }) {
      const { differing, counts } = await parentSide.compareBuckets(clientId, question);
      return { differing: [...differing], counts: [...counts] };
    },
  });

const library = z.object({
  region: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  address: z.string(),
  certificates: z.array(z.object({ identifier: z.string(), status: z.string() })),
});

const mostOwn = 100;

/** Makes the operation that tells which libraries hold a certificate of a type for a holder, and where to ask for it. */
export const locateOperation = (deps: {
  parentSide: ParentSide;
  directory: Directory;
  consent: Ledger;
  ownLibrary: Omit<z.output<typeof library>, 'certificates'>;
}) =>
  operation({
    id: 'locateCertificates',
    path: '/directory/locate',
    scope: 'certificate.query',
    summary: { zh: '查询持有某类证照的证照库', en: 'Find the libraries that hold a certificate of a holder' },
    body: z.strictObject({
      holder: z.strictObject({ type: z.string().max(3), code: z.string().max(64) }),
      typeCode: z.string().max(32),
      useCause: useCauseShape,
      basis: z.strictObject({ law: z.string().min(1).max(128), article: z.string().min(1).max(128) }),
    }),
    answer: z.object({ libraries: z.array(library) }),
    refusals: ['tier-not-kept', 'holder-type-unknown', 'holder-code-invalid', 'citizen-number-check'],
    async run({ holder, typeCode, useCause, basis }, caller) {
      const cause = causeOf(useCause, caller);
      const person = { holderIndex: deps.directory.holderIndexOf(holder) };
      const what = { fields: ['list'], typeCode };
      return deps.consent.withAccess(
        accessBy(caller, person, { what, cause, basis: basisOf(basis) }),
        async () => {
          const [below, own] = await Promise.all([
            deps.parentSide.locateLibraries({ holder, typeCode }),
            deps.directory.listCertificatesOfHolder(holder, { typeCode, limit: mostOwn }),
          ]);
          const held = own.certificates.map(({ identifier, status }) => ({ identifier, status }));
          return {
            libraries: [...(held.length === 0 ? [] : [{ ...deps.ownLibrary, certificates: held }]), ...below],
          };
        },
      );
    },
  });
