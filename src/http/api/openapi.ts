import { z } from 'zod';
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

const alwaysRefused = [
  'machine-unknown',
  'machine-proof-refused',
  'machine-scope-missing',
  'machine-request-invalid',
  'machine-quota-exceeded',
  'use-cause-invalid',
];

const jsonOf = (schema: object) => ({ content: { 'application/json': { schema } } });

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const pathItemOf = (one: Operation) => ({
  post: {
    operationId: one.id,
    summary: `${one.summary.zh} / ${one.summary.en}`,
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
  },
});

/** Describes the department interface as an OpenAPI 3.1 document, made from the operations themselves. */
export function describeInterface(issuer: string, operations: readonly Operation[]): object {
  const scopes = Object.fromEntries(operations.map(({ scope }) => [scope, scope]));
  return {
    openapi: '3.1.0',
    info: {
      title: '一号 部门接口 / Yihao department interface',
      version: '1',
      description:
        'Access tokens come from the token endpoint by client_credentials with private_key_jwt, bound to a key by DPoP (RFC 9449). ' +
        'Each call carries a new proof and says what it is for.',
    },
    servers: [{ url: `${issuer}/api` }],
    paths: Object.fromEntries(operations.map((one) => [one.path, pathItemOf(one)])),
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        department: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: `${issuer}/token`, scopes } },
        },
      },
    },
  };
}
