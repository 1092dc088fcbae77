import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { deviceCodeTtlSeconds } from './registration.ts';

const userCodeKeyOf = (userCode: string): string => `oidc:UserCode:${userCode}`;
const plausibleUserCode = /^[A-Z]{8}$/;

/** What writing a device code means; the library looks before it writes, so two people at once would both pass. */
const stepOf = ({ accountId, error, inFlight }: AdapterPayload): 'answered' | 'claimed' | null => {
  if (accountId !== undefined || error !== undefined) return 'answered';
  return inFlight === true ? 'claimed' : null;
};

/** Lets device codes be found by what people type, be claimed by one person, and be answered once (invalid_request). */
export function withUserCodes(adapter: Adapter, ephemeral: EphemeralStore): Adapter {
  return {
    ...adapter,
    async upsert(id, payload, ttlSeconds = deviceCodeTtlSeconds) {
      const step = stepOf(payload);
      if (step !== null && !(await ephemeral.add(`oidc:${step}:${id}`, '', { ttlSeconds })))
        throw new errors.InvalidRequest('this code was answered already');
      await adapter.upsert(id, payload, ttlSeconds);
      if (step === null && payload.userCode !== undefined)
        await ephemeral.put(userCodeKeyOf(payload.userCode), id, { ttlSeconds });
    },
    async findByUserCode(userCode) {
      if (!plausibleUserCode.test(userCode)) return undefined;
      const pointer = await ephemeral.get(userCodeKeyOf(userCode));
      return pointer === null ? undefined : adapter.find(pointer.value);
    },
  };
}
