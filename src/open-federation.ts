import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Crypto, PublishedKeys } from './crypto/index.ts';
import { createFederation, type Federation, trustAnchorsSchema } from './oidc/index.ts';
import { type Recognition, stateOf } from './recognition/index.ts';
import type { RecordConnection } from './storage/index.ts';

export interface FederationWiring {
  config: Pick<Config, 'issuer' | 'region' | 'federation' | 'parent' | 'privateSiteHosts' | 'production'>;
  clock: Clock;
  connection: RecordConnection;
  crypto: Pick<Crypto, 'federationKeys'>;
  recognition: Pick<Recognition, 'findPeer' | 'listAgreements'>;
}

/** Opens this instance's part in a federation. Throws an Error that names the fix when the anchors cannot be read. */
export async function openFederation(wiring: FederationWiring): Promise<Federation> {
  const { config, clock, connection, crypto } = wiring;
  const { superiors, anchorsFile } = config.federation;
  const parents = config.parent === null ? [] : [config.parent.issuer];
  return createFederation({
    connection,
    clock,
    keys: crypto.federationKeys,
    self: config.issuer,
    name: config.region.name,
    superiors: superiors.length > 0 ? superiors : parents,
    anchors: anchorsFile === null ? new Map() : await readAnchors(anchorsFile),
    privateHosts: config.privateSiteHosts,
    allowsHttp: !config.production,
    frameworksOf: (entityId) => frameworksOf(wiring, entityId),
  });
}

const readAnchors = async (file: string): Promise<ReadonlyMap<string, PublishedKeys>> => {
  const fix = 'Fix: it is a JSON object of entity identifiers and the key sets that were compared with each.';
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`The file of trust anchors ${file} cannot be read. ${fix}`, { cause });
  });
  const parsed = z
    .string()
    .transform((given, context) => {
      try {
        return JSON.parse(given) as unknown;
      } catch {
        context.addIssue('JSON');
        return z.NEVER;
      }
    })
    .pipe(trustAnchorsSchema)
    .safeParse(text);
  if (parsed.success) return new Map(Object.entries(parsed.data) as [string, PublishedKeys][]);
  throw new Error(`The file of trust anchors ${file} is not valid at “${placeOf(parsed.error)}”. ${fix}`);
};

const placeOf = ({ issues: [issue] }: z.ZodError): string => issue?.path.join('.') || 'JSON';

/** An entity is a member of the frameworks it has joined under this operator, as long as its accession is active. */
const frameworksOf = async (
  { config, recognition, clock }: FederationWiring,
  entityId: string,
): Promise<string[]> => {
  const peer = await recognition.findPeer(entityId);
  if (peer?.state !== 'confirmed') return [];
  const agreements = await recognition.listAgreements(peer.regionCode);
  return agreements.flatMap((agreement) => {
    const { document } = agreement;
    if (document.kind !== 'accession' || stateOf(agreement, clock.now()) !== 'active') return [];
    const [member, operator] = document.parties;
    return member.entityId === entityId && operator.entityId === config.issuer ? [document.framework.id] : [];
  });
};
