import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Consent } from './consent/index.ts';
import type { Crypto } from './crypto/index.ts';
import {
  createMiniProgramPlatform,
  createMiniPrograms,
  type Identity,
  type MiniPrograms,
} from './identity/index.ts';
import type { Storage } from './storage/index.ts';

/** Opens sign-in by the mini-program that is configured; with none it refuses whoever asks. */
export const openMiniPrograms = (deps: {
  config: Config;
  clock: Clock;
  storage: Storage;
  crypto: Pick<Crypto, 'blindIndex'>;
  identity: Identity;
  consent: Consent;
}): MiniPrograms => {
  const { config, clock, storage, crypto, identity, consent } = deps;
  return createMiniPrograms({
    connection: storage.records,
    ephemeral: storage.ephemeral,
    blindIndex: crypto.blindIndex,
    clock,
    platform: config.miniProgram && createMiniProgramPlatform(config.miniProgram),
    people: identity,
    tellPerson: (notice) => consent.addNotice(notice),
  });
};
