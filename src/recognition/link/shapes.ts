import { z } from 'zod';

/** The outer shape of what is sent; the domain reads what is within and verifies it. */

const text = z.string().max(512);
const hash = z.string().max(64);
const base64url = (most: number) => z.string().max(most);
const count = z.int().min(0);

const agreementId = z.string().max(64);
const agreementVersion = z.int().positive();

/** One version of one agreement. */
export const placeShape = z.object({ agreementId, agreementVersion });

/** One version of one mapping. */
export const mappingPlaceShape = z.object({
  mappingId: z.string().max(64),
  mappingVersion: z.int().positive(),
});

const signature = z.object({ protected: base64url(2048), signature: base64url(256) });
const payload = base64url(400_000);

/** A published mapping with the signature of its publisher. */
export const signedMappingShape = z.object({ payload, signatures: z.array(signature).length(1) });

/** A document with the signatures that are there. */
export const signedShape = z.object({ payload, signatures: z.array(signature).min(1).max(2) });

/** All that one side can tell of one version. */
export const envelopeShape = z.object({
  signed: signedShape,
  events: z.array(z.string().max(8192)).max(1000),
});

/** How one side sees one version. */
export const statusShape = z.object({
  agreementId,
  agreementVersion,
  digest: hash,
  signedDigest: hash.nullable(),
  heads: z
    .array(z.object({ party: text, sequence: count, head: hash }))
    .min(1)
    .max(2),
});

/** How many versions are told of in one message. */
export const mostStatuses = 200;
export const statusesShape = z.object({ statuses: z.array(statusShape).max(mostStatuses) });

const coordinate = z.string().regex(/^[\w-]{43}$/);

/** What a region says of itself in the clear; what is believed of it, officers compare. */
export const regionShape = z.object({
  entityId: z.url({ protocol: /^https?$/ }).max(255),
  regionCode: z.string().regex(/^\d{6}$/),
  regionPrefix: z.string().regex(/^(\d\d){1,3}$/),
  name: z.string().min(1).max(128),
  agreementKey: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate,
    y: coordinate,
  }),
});

export type RegionDescription = z.output<typeof regionShape>;
