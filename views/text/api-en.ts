import type { apiZh } from './api-zh.ts';

/** The words of the page that describes the department interface, in English. */
export const apiEn: typeof apiZh = {
  title: 'Department interface',
  lead: 'For the systems of departments: to look certificates up, verify, issue and change them. This page is made from the definition of the interface itself.',
  access:
    'Get a token at /token by client_credentials and private_key_jwt, bound to a key by DPoP (RFC 9449). Each call is a POST of JSON over HTTPS and carries a new DPoP proof.',
  quotas:
    'A system has {count} calls a minute in all; some operations have a lower quota of their own, told with each. Beyond it the answer is 429: wait as Retry-After says.',
  machineForm: 'Download the OpenAPI 3.1 file',
  operations: 'All operations',
  address: 'Address',
  scope: 'Scope needed',
  quota: 'Quota',
  calls: '{count} calls a minute',
  body: 'What is sent',
  answer: 'What comes back',
  refusals: 'What may be refused',
  everyRefusal: 'What any operation may refuse',
  problem:
    'A refusal is application/problem+json: its code is one of these, its trace_code is what to tell the support.',
  types: {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    object: 'object',
    other: 'any value',
  },
  oneOf: 'one of {choices}',
  listOf: 'list, each: {item}',
  least: 'at least {count}',
  most: 'at most {count}',
  range: '{least} to {most}',
  or: ' or ',
  comma: ', ',
  empty: 'empty',
  optional: 'may be left out',
  nothing: 'Nothing (an empty object).',
  orElse: 'Or else:',
};
