import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Photos, Presentations } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { accessBy, causeOf, type Ledger, useCauseShape, verdictShape } from './shapes.ts';

const body = z.strictObject({
  /** What the QR code holds: the address, or the code at its end. */
  code: z.string().min(22).max(256),
  useCause: useCauseShape,
});

const answer = z.object({
  verdict: verdictShape,
  identifier: z.string(),
  typeName: z.object({ zh: z.string(), en: z.string() }),
  issuerName: z.string(),
  maskedName: z.string(),
  validUntil: z.string().nullable(),
  /** Opens the watermarked photo once, for a minute; null when there is none. */
  photoUrl: z.string().nullable(),
  fields: z.array(
    z.object({ name: z.string(), label: z.object({ zh: z.string(), en: z.string() }), value: z.string() }),
  ),
});

const photoTtlSeconds = 60;

/** Makes the operation of a counter that scans a code a citizen shows (扫码核验): showing it is the consent. */
export const scanOperation = (deps: {
  issuer: string;
  presentations: Presentations;
  photos: Photos;
  consent: Ledger;
}) =>
  operation({
    id: 'scanPresentation',
    path: '/presentations/scan',
    scope: 'certificate.verify',
    summary: { zh: '扫码核验', en: 'Scan a certificate that is shown' },
    body,
    answer,
    refusals: ['presentation-unknown'],
    async run({ code, useCause }, caller) {
      const cause = causeOf(useCause, caller);
      const bare = code.slice(code.lastIndexOf('/') + 1);
      const { presentation } = await deps.presentations.take(bare);
      const { accountId, holderIndex, identifier, typeCode, fields } = presentation;
      const access = accessBy(
        caller,
        { accountId, holderIndex },
        {
          what: { certificateIdentifier: identifier, typeCode, fields: ['name', 'photo', ...fields] },
          cause,
          // The code itself is a secret until it is scanned; its digest is the consent's name for ever after.
          basis: { kind: 'consent', authorisationId: `presentation-${digestOf(bare)}` },
          channel: 'counter',
        },
      );
      const { photoId, ...shown } = await deps.consent.withAccess(access, () =>
        deps.presentations.open(presentation),
      );
      return {
        ...shown,
        photoUrl: await photoUrlOf(deps, photoId, caller.clientId, caller.department, cause.purpose),
      };
    },
  });

const digestOf = (code: string): string => createHash('sha256').update(code).digest('base64url');

const photoUrlOf = async (
  { photos, issuer }: { photos: Photos; issuer: string },
  photoId: string | null,
  callerId: string,
  callerName: string,
  purpose: string,
): Promise<string | null> => {
  if (photoId === null) return null;
  const request = { photoId, callerId, callerName, purpose, ttlSeconds: photoTtlSeconds };
  return `${issuer}/photos/${(await photos.makeReference(request)).token}`;
};
