/**
 * The thin edge: requests in, pages and answers out. Owns the server, its order of checks, headers, limits, forms,
 * errors as pages and the log; owns no rule of the field. Control leaves to the interaction pages, to the provider,
 * and from them into the domains.
 */
export { departmentOperations } from './api/operations.ts';
export { createCsrf } from './csrf.ts';
export { createMetrics, type Metrics } from './health.ts';
export { createProviderPages } from './interaction/index.ts';
export { createLog, type Log } from './log.ts';
export { regionMessages } from './peer/messages.ts';
export { statusListPath } from './scan.tsx';
export { createServer } from './server.tsx';
