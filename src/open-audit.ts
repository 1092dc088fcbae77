import type { Config } from '../config/index.ts';
import { type Audit, createAudit } from './audit/index.ts';
import type { Clock } from './base/clock.ts';
import type { AuthoritySealer } from './crypto/index.ts';
import type { Log } from './http/index.ts';
import type { RecordConnection } from './storage/index.ts';
import type { OutboxSource } from './storage/outbox.ts';
import { creditCodeCheckOf } from './terms/credit-code.ts';

export interface AuditWiring {
  config: Pick<Config, 'issuer' | 'region'>;
  clock: Clock;
  log: Log;
  connection: RecordConnection;
  sealer: AuthoritySealer;
  /** Those of every domain whose records keep one. */
  outboxes: readonly OutboxSource[];
}

/** Opens the audit domain with a key of the instance's own to sign its tree heads. */
export function openAudit({ config, clock, log, connection, sealer, outboxes }: AuditWiring): Audit {
  const code = instanceCodeOf(config.region.code);
  return createAudit({
    connection,
    sources: outboxes,
    clock,
    log,
    origin: auditOriginOf(config),
    seal: (document) => sealer.seal(code, document),
    verifySeal: (document, seal) => sealer.verify(code, document, seal),
  });
}

/** Names the chain of an instance. */
export const auditOriginOf = ({ issuer }: Pick<Config, 'issuer'>): string => `${issuer}/audit`;

/**
 * Makes the code under which the instance keeps its own sealing key: of the department “other”, class 1, in its region,
 * for an organisation code that no register gives out. A design of this project: the instance is no authority.
 */
export function instanceCodeOf(regionCode: string): string {
  const body = `Y1${regionCode}000000000`;
  return `${body}${creditCodeCheckOf(body)}`;
}
