import { z } from 'zod';
import type {
  DescribedOperation,
  DescribedRefusal,
  InterfaceDocument,
  JsonContent,
  Schema,
} from '../../../views/api/document.ts';
import { type ErrorCode, errorCatalogue } from '../../base/error.ts';
import type { Operation } from './operation.ts';

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'trace_code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    trace_code: { type: 'string' },
  },
};

const alwaysRefused: readonly ErrorCode[] = [
  'machine-unknown',
  'machine-proof-refused',
  'machine-scope-missing',
  'machine-request-invalid',
  'machine-quota-exceeded',
  'use-cause-invalid',
  'body-too-large',
];

const jsonOf = (schema: Schema): JsonContent => ({ content: { 'application/json': { schema } } });

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as Schema;
};

const refusalOf = (code: ErrorCode): DescribedRefusal => ({ code, ...errorCatalogue[code] });

const pathItemOf = (one: Operation, callsPerMinute: number): { post: DescribedOperation } => ({
  post: {
    operationId: one.id,
    summary: `${one.summary.zh} / ${one.summary.en}`,
    'x-summary': one.summary,
    description: `Refusals: ${[...one.refusals, ...alwaysRefused].map((code) => `\`${code}\``).join(', ')}.`,
    security: [{ department: [one.scope] }],
    requestBody: { required: true, ...jsonOf(schemaOf(one.body, 'input')) },
    responses: {
      200: { description: 'OK', ...jsonOf(schemaOf(one.answer, 'output')) },
      default: {
        description: 'A problem document with a code of docs/errors.md',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    'x-calls-per-minute': Math.min(one.callsPerMinute ?? callsPerMinute, callsPerMinute),
    'x-refusals': one.refusals.map(refusalOf),
  },
});

/** Describes the department interface as an OpenAPI 3.1 document, made from the operations themselves. */
export function describeInterface({
  issuer,
  operations,
  callsPerMinute,
}: {
  issuer: string;
  operations: readonly Operation[];
  callsPerMinute: number;
}): InterfaceDocument {
  const scopes = Object.fromEntries(operations.map(({ scope }) => [scope, scope]));
  return {
    openapi: '3.1.0',
    info: {
      title: '一号 部门接口 / Yihao department interface',
      version: '1',
      description:
        'Access tokens come from the token endpoint by client_credentials with private_key_jwt, bound to a key by DPoP (RFC 9449). ' +
        'Each call carries a new proof and says what it is for. ' +
        `A machine has ${callsPerMinute} calls a minute in all, unless it was given a quota of its own, and of an operation as many as its x-calls-per-minute says; ` +
        'beyond that it is answered 429 machine-quota-exceeded with Retry-After. The page of this document is /api/docs.',
    },
    servers: [{ url: `${issuer}/api` }],
    paths: Object.fromEntries(operations.map((one) => [one.path, pathItemOf(one, callsPerMinute)])),
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        department: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: `${issuer}/token`, scopes } },
        },
      },
    },
    'x-calls-per-minute': callsPerMinute,
    'x-refusals': alwaysRefused.map(refusalOf),
  };
}
