import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Consent } from './consent/index.ts';
import type { Crypto } from './crypto/index.ts';
import type { Directory } from './directory/index.ts';
import { createMandates, type Identity, type Mandates } from './identity/index.ts';
import { createMandateEvidence } from './mandate-evidence.ts';
import { type Acting, createActing } from './oidc/index.ts';
import type { Storage } from './storage/index.ts';

/** Who may act for whom, and what a sign-in makes of it. */
export interface OpenMandates {
  mandates: Mandates;
  acting: Acting;
}

/** Opens organisations and mandates, proved by the directory, and the sign-ins that act by them. */
export const openMandates = (deps: {
  config: Config;
  clock: Clock;
  storage: Storage;
  crypto: Crypto;
  identity: Identity;
  directory: Directory;
  consent: Consent;
}): OpenMandates => {
  const { config, clock, storage, crypto, identity, directory, consent } = deps;
  const { ephemeral } = storage;
  const mandates = createMandates({
    connection: storage.records,
    ephemeral,
    cipher: crypto.cipher,
    blindIndex: crypto.blindIndex,
    clock,
    people: identity,
    evidence: createMandateEvidence({ directory, consent, types: config.mandateTypes }),
    tellPerson: (notice) => consent.addNotice(notice),
  });
  return {
    mandates,
    acting: createActing({ mandates, ephemeral, sessionTtlSeconds: config.sessionTtlSeconds }),
  };
};
