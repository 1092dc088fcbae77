import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Crypto } from './crypto/index.ts';
import {
  createRulesAbove,
  type Recognition,
  type RuleSettings,
  type RulesAbove,
} from './recognition/index.ts';
import type { RecordConnection } from './storage/index.ts';

interface RulesWiring {
  config: Config;
  clock: Clock;
  connection: RecordConnection;
  crypto: Pick<Crypto, 'agreementKeys'>;
  recognition: Pick<Recognition, 'findPeer'>;
}

/** Opens the rules of the region above over the configuration that they bound. */
export const openRulesAbove = ({ config, clock, connection, crypto, recognition }: RulesWiring): RulesAbove =>
  createRulesAbove({
    connection,
    clock,
    keys: crypto.agreementKeys,
    self: config.issuer,
    above: config.parent?.issuer ?? null,
    settings: settingsOf(config),
    findPeer: recognition.findPeer,
  });

const settingsOf = (config: Config): RuleSettings => ({
  sessionSeconds: { key: 'YIHAO_SESSION_TTL_SECONDS', value: config.sessionTtlSeconds },
  sessionLevelSeconds: { key: 'YIHAO_SESSION_LEVEL_SECONDS', value: config.sessionLimits.absoluteSeconds },
  sessionIdleSeconds: { key: 'YIHAO_SESSION_IDLE_SECONDS', value: config.sessionLimits.idleSeconds },
  accessTokenSeconds: { key: 'YIHAO_ACCESS_TOKEN_TTL_SECONDS', value: config.accessTokenTtlSeconds },
  triesPerAccount: { key: 'YIHAO_TRIES_PER_ACCOUNT', value: config.signInLimits.triesPerAccount },
  recoveryCodesSeconds: { key: 'YIHAO_RECOVERY_CODES_SECONDS', value: config.recoveryDelays.codesSeconds },
  recoveryFaceSeconds: { key: 'YIHAO_RECOVERY_FACE_SECONDS', value: config.recoveryDelays.faceSeconds },
  recoveryCounterSeconds: {
    key: 'YIHAO_RECOVERY_COUNTER_SECONDS',
    value: config.recoveryDelays.counterSeconds,
  },
  recoveryWithoutPhoneSeconds: {
    key: 'YIHAO_RECOVERY_WITHOUT_PHONE_SECONDS',
    value: config.recoveryDelays.withoutPhoneSeconds,
  },
  phoneChangeSeconds: { key: 'YIHAO_PHONE_CHANGE_SECONDS', value: config.phoneChangeSeconds },
  auditRetentionDays: { key: 'YIHAO_AUDIT_RETENTION_DAYS', value: config.auditRetentionDays },
  nationalSeals: { key: 'YIHAO_NATIONAL_SEALS', value: config.nationalSeals },
  hardwareKeys: { key: 'YIHAO_HARDWARE_KEYS', value: config.hardwareKeys },
});
