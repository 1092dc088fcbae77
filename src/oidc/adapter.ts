import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Clock } from '../base/clock.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import { withUserCodes } from './device/answers.ts';

/** Finds the provider's metadata of a registered client; null when there is none or it is switched off. */
export type ClientLookup = (clientId: string) => Promise<AdapterPayload | null>;

interface AdapterDeps {
  ephemeral: EphemeralStore;
  clock: Clock;
  findClient: ClientLookup;
  /** Tells whether what is stored may still be used; a guest's only while the agreement stands, an agent's while the mandate does. */
  mayBeUsed(payload: AdapterPayload): Promise<boolean>;
}

/** Artifacts that die with their grant. Their ids are chosen by the library, so the group index is kept apart. */
const grantBound = new Set([
  'AccessToken',
  'AuthorizationCode',
  'PreAuthorizedCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
]);

/** What ends with an agreement between regions: looked at each time, so that a suspension needs no clearing up. */
const agreementBound = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'Session']);

/** What machines ask for again and again; who still asks is to hear that it is over, not that there is none. */
const polled = new Set(['DeviceCode', 'BackchannelAuthenticationRequest']);
const afterwardsSeconds = 600;

/** Thrown when a replay-detection entry is there already: what carried it was used before, perhaps a moment ago. */
export class AlreadyUsed extends errors.InvalidRequest {
  constructor() {
    super('this proof or assertion was already used');
  }
}

/** Says in the words of its endpoint that an artifact was used up by somebody who came at the same time. */
const consumedBefore = (model: string): Error =>
  model === 'PushedAuthorizationRequest'
    ? new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used')
    : new errors.InvalidGrant('already consumed');

/** Ids come back from outside: what no id of ours looks like is not looked up. */
const plausibleId = /^[\w~.-]{1,256}$/;

/**
 * Makes the adapter of one model. The library leaves atomicity to it: `consume` lets one caller through and refuses the
 * rest (invalid_grant, of a pushed request invalid_request_uri), and a replay-detection entry is written once or
 * refused by AlreadyUsed.
 */
export function createAdapter(model: string, deps: AdapterDeps): Adapter {
  if (model === 'Client') return clientAdapter(deps.findClient);
  const { ephemeral, clock } = deps;
  const keyOf = (id: string) => `oidc:${model}:${id}`;
  const uidKeyOf = (uid: string) => `oidc:SessionUid:${uid}`;
  const groupOf = (grantId: string) => `oidc:grant:${model}:${grantId}`;

  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    if (!plausibleId.test(id)) return undefined;
    const entry = await ephemeral.get(keyOf(id));
    if (entry === null) return undefined;
    const payload = JSON.parse(entry.value) as AdapterPayload;
    if (agreementBound.has(model) && !(await deps.mayBeUsed(payload))) return undefined;
    if (entry.markedAt !== null) payload.consumed = Math.floor(entry.markedAt.getTime() / 1000);
    return payload;
  };

  const adapter: Adapter = {
    find,
    async upsert(id, payload, ttlSeconds) {
      if (ttlSeconds === undefined || !(ttlSeconds > 0))
        throw new RangeError(`${model} needs a time to live`);
      const value = JSON.stringify(payload);
      if (model === 'ReplayDetection') {
        if (await ephemeral.add(keyOf(id), value, { ttlSeconds })) return;
        throw new AlreadyUsed();
      }
      const group = grantBound.has(model) && payload.grantId ? { group: groupOf(payload.grantId) } : {};
      const keptSeconds = ttlSeconds + (polled.has(model) ? afterwardsSeconds : 0);
      const writes = [ephemeral.put(keyOf(id), value, { ttlSeconds: keptSeconds, ...group })];
      if (model === 'Session' && payload.uid)
        writes.push(ephemeral.put(uidKeyOf(payload.uid), id, { ttlSeconds }));
      await Promise.all(writes);
    },
    async findByUid(uid) {
      const pointer = await ephemeral.get(uidKeyOf(uid));
      return pointer === null ? undefined : find(pointer.value);
    },
    findByUserCode: async () => undefined,
    async consume(id) {
      if ((await ephemeral.mark(keyOf(id), clock.now())) !== 'marked') throw consumedBefore(model);
    },
    destroy: (id) => ephemeral.delete(keyOf(id)),
    revokeByGrantId: (grantId) => ephemeral.deleteGroup(groupOf(grantId)),
  };
  return model === 'DeviceCode' ? withUserCodes(adapter, ephemeral) : adapter;
}

const clientAdapter = (findClient: ClientLookup): Adapter => {
  const readOnly = async (): Promise<never> => {
    throw new Error('sites are registered through their store, not through the provider');
  };
  return {
    find: async (id) => (await findClient(id)) ?? undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
};
