import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { JsonValue } from '../../crypto/ports.ts';
import { faultOf, RowRefusal } from './fault.ts';
import type { ImportRow } from './row.ts';

const text = z.string().max(2000);
const cell = z.union([text, z.number()]);

/** What issueCertificate takes, all but who acts; unknown names are refused, as a name misspelt is a value lost. */
const rowShape = z.strictObject({
  issuer: z.strictObject({ code: text, name: text }),
  areaCode: text,
  typeCode: text,
  serial: text,
  number: text,
  holders: z.array(z.strictObject({ type: text, code: text, name: text })).max(50),
  dates: z.strictObject({ issuedOn: text, validFrom: text.optional(), validUntil: text.optional() }),
  fields: z.record(text, z.union([cell, z.array(z.record(text, cell)).max(100)])).default({}),
  trustLevel: text.optional(),
  photoDigest: text.optional(),
  photoId: text.optional(),
  photo: text.optional(),
});

/** Reads a line of NDJSON. Throws import-row-json, or a refusal with a fault for each part of the wrong shape. */
export function readJsonRow(line: string): ImportRow {
  const value = parseObject(line);
  const { data, error } = rowShape.safeParse(value);
  if (data === undefined) {
    const fields = new Set(error.issues.map(({ path }) => fieldOf(path)));
    throw new RowRefusal(
      [...fields].map((field) => faultOf(field, { code: 'import-row-shape', values: {} })),
    );
  }
  const { photo, trustLevel, photoDigest, photoId, ...row } = data;
  return {
    ...row,
    ...(trustLevel === undefined ? {} : { trustLevel }),
    ...(photoDigest === undefined ? {} : { photoDigest }),
    ...(photoId === undefined ? {} : { photoId }),
    ...(photo === undefined ? {} : { photoFile: photo }),
  };
}

function parseObject(line: string): JsonValue {
  try {
    const value = JSON.parse(line) as JsonValue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The cause is not passed on: a parser quotes what it could not read.
  }
  throw new AppError('import-row-json');
}

/** Names a place by the names of the shape alone: those of face fields came from outside. */
function fieldOf([name, inner, part]: readonly PropertyKey[]): string | null {
  if (name === undefined) return null;
  if (name === 'holders' && typeof inner === 'number')
    return ['holder', inner + 1, part === undefined ? '' : `.${String(part)}`].join('');
  if (name === 'issuer' && inner !== undefined) return inner === 'code' ? 'issuerCode' : 'issuerName';
  return name === 'dates' && inner !== undefined ? String(inner) : String(name);
}
