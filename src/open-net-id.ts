import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Consent } from './consent/index.ts';
import type { Crypto } from './crypto/index.ts';
import { createNetIds, type NetIds } from './identity/index.ts';
import { createNetIdUpstream, type NetIdUpstream } from './oidc/index.ts';
import type { Storage } from './storage/index.ts';

/** Opens what is bound by net-ID; a binding can be taken away also where the service is configured no more. */
export const openNetIds = (deps: {
  config: Config;
  clock: Clock;
  storage: Storage;
  crypto: Pick<Crypto, 'cipher' | 'blindIndex'>;
  consent: Consent;
}): NetIds => {
  const { config, clock, storage, crypto, consent } = deps;
  return createNetIds({
    connection: storage.records,
    cipher: crypto.cipher,
    blindIndex: crypto.blindIndex,
    clock,
    strongAcr: config.netId?.strongAcr ?? [],
    tellPerson: (notice) => consent.addNotice(notice),
  });
};

/** Opens the way to the net-ID service; null where none is configured. Throws an Error that names the fix for the key. */
export async function openNetIdUpstream(
  { config, clock }: { config: Config; clock: Clock },
  { storage }: { storage: Storage },
): Promise<NetIdUpstream | null> {
  if (config.netId === null) return null;
  const { issuer, clientId, keyFile, strongAcr } = config.netId;
  return createNetIdUpstream({
    issuer,
    clientId,
    strongAcr,
    privateJwk: await readKey(keyFile),
    privateHosts: config.privateSiteHosts,
    selfIssuer: config.issuer,
    ephemeral: storage.ephemeral,
    nowMilliseconds: () => clock.now().getTime(),
  });
}

const keySchema = z.looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']), d: z.string() });

const readKey = async (file: string): Promise<z.output<typeof keySchema>> => {
  try {
    return keySchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Whatever is wrong with it, its text stays out of the message.
    throw new Error(
      `YIHAO_NET_ID_KEY_FILE ${file} holds no private key. Fix: write a private JWK there, of EC or RSA.`,
    );
  }
};
