import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../config/index.ts';

const good = {
  YIHAO_ISSUER: 'https://id.example.gov.cn',
  YIHAO_REGION_CODE: '990000',
  YIHAO_REGION_NAME: '示例省',
  YIHAO_MASTER_KEY: '00'.repeat(32),
};

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  test('is one frozen value with defaults filled in', () => {
    const config = readConfig(good);
    expect(config).toMatchObject({ production: true, listen: { host: '127.0.0.1', port: 3000 } });
    expect(Object.isFrozen(config) && Object.isFrozen(config.listen)).toBe(true);
  });

  test('names an unknown key and the nearest known one', () => {
    expect(faultsOf({ ...good, YIHAO_ISUER: 'x' })).toEqual([
      expect.stringMatching(/^YIHAO_ISUER is not a key.*YIHAO_ISSUER/),
    ]);
  });

  test('names a bad value by its shape, never the value', () => {
    const [fault] = faultsOf({ ...good, YIHAO_LISTEN_PORT: 'hunter2-secret' });
    expect(fault).toMatch(
      /^YIHAO_LISTEN_PORT \(14 characters, text\) must be a whole number from 0 to 65535/,
    );
    expect(fault).not.toContain('hunter2');
  });

  test('names every missing key at once, with its form', () => {
    expect(faultsOf({ YIHAO_MODE: 'development' })).toEqual([
      expect.stringContaining('YIHAO_ISSUER is missing'),
      expect.stringContaining('YIHAO_REGION_CODE is missing'),
      expect.stringContaining('YIHAO_REGION_NAME is missing'),
    ]);
  });

  test('wants a policy where only attested passkeys reach the highest level', () => {
    expect(faultsOf({ ...good, YIHAO_HARDWARE_KEYS: 'attested' })).toEqual([
      expect.stringContaining('YIHAO_PASSKEY_POLICY_FILE is missing'),
    ]);
  });

  test('takes an empty value for unset', () => {
    expect(readConfig({ ...good, REDIS_URL: '' }).storage.redisUrl).toBeNull();
  });

  test.each([
    ['an http issuer', { YIHAO_ISSUER: 'http://id.example.gov.cn' }, 'YIHAO_ISSUER'],
    ['no master key', { YIHAO_MASTER_KEY: '' }, 'YIHAO_MASTER_KEY'],
    ['keys that sign as they are published', { YIHAO_KEY_ANNOUNCE_DAYS: '0' }, 'YIHAO_KEY_ANNOUNCE_DAYS'],
    ['the unsafe sign-in', { YIHAO_UNSAFE_ANYONE_MAY_SIGN_IN_AS_ANYONE: 'yes' }, 'YIHAO_UNSAFE'],
  ])('in production refuses %s, which development allows', (_what, change, named) => {
    expect(faultsOf({ ...good, ...change })).toEqual([expect.stringContaining(named)]);
    expect(faultsOf({ ...good, ...change, YIHAO_MODE: 'development' })).toEqual([]);
  });

  test('refuses an issuer with a path', () => {
    expect(faultsOf({ ...good, YIHAO_ISSUER: 'https://id.example.gov.cn/oidc/' })[0]).toMatch(
      /origin without path/,
    );
  });

  test('reads after how many days each ring of keys is rotated, and refuses a ring that has none', () => {
    const { keyPolicy } = readConfig({ ...good, YIHAO_KEY_ROTATION_DAYS: 'provider=30,audit=0' });
    expect(keyPolicy).toEqual({ rotationDays: { provider: 30, audit: 0 }, announceDays: 2 });
    for (const text of ['agreement=30', 'provider', 'provider=30,', 'provider=9999'])
      expect(faultsOf({ ...good, YIHAO_KEY_ROTATION_DAYS: text })).toEqual([
        expect.stringMatching(/^YIHAO_KEY_ROTATION_DAYS .* must be RING=DAYS/),
      ]);
  });
});
