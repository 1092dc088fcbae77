/** What the page of the department interface reads of its OpenAPI document; members that begin with `x-` are ours. */
export interface InterfaceDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, { post: DescribedOperation }>;
  components: object;
  /** How many calls a machine has a minute, whatever it calls. */
  'x-calls-per-minute': number;
  /** The refusals any operation may answer with. */
  'x-refusals': DescribedRefusal[];
}

/** One operation of the document. */
export interface DescribedOperation {
  operationId: string;
  summary: string;
  'x-summary': { zh: string; en: string };
  description: string;
  security: { department: string[] }[];
  requestBody: JsonContent & { required: true };
  responses: { 200: JsonContent & { description: string }; default: object };
  'x-calls-per-minute': number;
  'x-refusals': DescribedRefusal[];
}

/** A refusal an operation may answer with, in the words of the error catalogue. */
export interface DescribedRefusal {
  code: string;
  status: number;
  zh: string;
  en: string;
}

export interface JsonContent {
  content: { 'application/json': { schema: Schema } };
}

/** A JSON Schema, as far as the page reads one. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  [keyword: string]: unknown;
}
