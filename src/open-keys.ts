import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import { type Crypto, createKeyKeeper, type KeyKeeper } from './crypto/index.ts';
import { instanceCodeOf } from './open-audit.ts';

/** Opens the keeper that turns the rings by the configured policy. */
export const openKeys = (
  { config, clock }: { config: Pick<Config, 'keyPolicy' | 'region'>; clock: Clock },
  { rings }: Crypto,
): KeyKeeper =>
  createKeyKeeper({ rings, clock, policy: config.keyPolicy, ownCode: instanceCodeOf(config.region.code) });
