import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Consent,
  type ConsentDeps,
  createConsent,
  type NewAccess,
  type ServiceItemDraft,
} from '../../src/consent/index.ts';
import { openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';

/** The domain on embedded storage with a clock that stands. */
export interface ConsentHouse {
  consent: Consent;
  records: RecordConnection;
  clock: FrozenClock;
  /** Closes the storage only, as a failing disk would. */
  breakStorage(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the domain in a temporary folder. */
export async function openConsentHouse(settings: Partial<ConsentDeps> = {}): Promise<ConsentHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-consent-'));
  const clock = frozenClock();
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const masterKey = parseMasterKey('5e'.repeat(32));
  const { cipher } = await openCrypto({
    connection: storage.records,
    masterKey,
    clock,
    keyOverlapSeconds: 60,
    nationalSeals: false,
  });
  const consent = createConsent({ connection: storage.records, cipher, clock, ...settings });
  await consent.ready();
  let isOpen = true;
  const breakStorage = async (): Promise<void> => {
    if (isOpen) await storage.close();
    isOpen = false;
  };
  return {
    consent,
    records: storage.records,
    clock,
    breakStorage,
    close: async () => {
      await breakStorage();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Turns a refusal into its code and values; null when there was none. */
export const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { code: string; values: object },
  );
  return error === null ? null : { code: error.code, ...error.values };
};

export const citizen = { accountId: 'account-1' };
export const stranger = { accountId: 'account-2', holderIndex: 'index-2' };

export const idCardType = '11999999000000019M001';
export const licenceType = '11999999000000019M002';

/** A read by a department, granted by law. */
export const access = (changes: Partial<NewAccess> = {}): NewAccess => ({
  person: citizen,
  reader: { kind: 'department', id: 'department-1', name: { zh: '示例市审批局', en: 'Approval bureau' } },
  what: { typeCode: idCardType, fields: ['姓名', 'birthdate'] },
  cause: { purpose: '办理个体工商户设立登记' },
  basis: { kind: 'law', law: '示例登记条例', article: '第十条' },
  outcome: { kind: 'granted' },
  channel: 'api',
  ...changes,
});

/** An item that needs two fields of one certificate and one of another, on consent. */
export const itemDraft = (changes: Partial<ServiceItemDraft> = {}): ServiceItemDraft => ({
  code: '999999-SL-0001',
  name: { zh: '个体工商户设立登记', en: 'Registration of a small business' },
  department: { code: '11999999000000019M', name: { zh: '示例市审批局', en: 'Approval bureau' } },
  needs: [
    { typeCode: idCardType, fields: ['姓名', '住址'], minimumTrust: 'A', required: true },
    { typeCode: licenceType, fields: ['范围'], minimumTrust: 'B', required: false },
  ],
  basis: { kind: 'consent' },
  longestUseSeconds: 3600,
  enabled: true,
  ...changes,
});
