import type { RingName } from '../crypto/index.ts';

/** What an emergency replacement of each ring touches, and what is left to do by people. */
const notices: Record<Exclude<RingName, 'agreement'>, readonly string[]> = {
  provider: [
    'Gone: every former key and cookie secret. Everybody is signed out; sign-ins under way begin again.',
    'ID tokens and security events signed before do not verify any more.',
    'Running servers take the new keys within 15 seconds. Tell sites to fetch /jwks anew.',
    'Other regions go by the key set they hold for up to a day: call those with an agreement, who may suspend it.',
    'Subjects of people at sites stay the same: their secret is not a signing key and is not replaced.',
  ],
  credential: [
    'Gone: every former key. No credential, offline code or status list signed before verifies any more.',
    'Holders fetch their credentials again in the wallet. Counters without a network fetch keys and lists anew.',
    'Running servers publish the new keys within 15 seconds, and sign with them from the next credential on.',
  ],
  peer: [
    'Gone: every former key. Messages under way are refused; running servers use the new ones at once.',
    'Other regions go by the key set they hold for up to a day: call those with an agreement, who may suspend it.',
  ],
  federation: [
    'Gone: every former key. No statement signed before verifies any more, and superiors have pinned none of the new ones.',
    'Hand the keys over now: yihao federation keys. Until they are pinned, nobody trusts this instance by federation.',
  ],
  authority: [
    'Kept for verification: what was sealed before stands in this storage, and would be lost without it.',
    'A seal by a former key proves nothing by itself any more: who holds a copy asks the directory. Issue again what matters.',
    'Running servers seal with the new key within a minute.',
  ],
  audit: [
    'Kept for verification: older tree heads stand. A tree head by a former key that is dated later than now is forged.',
    'Hand out the keys again: yihao audit prove --keys FILE. Running servers sign with the new key within a minute.',
  ],
  data: [
    'Kept for opening: what was sealed before is lost without it, and who has the key and the storage can read that.',
    'Running servers take the new key within 15 seconds; until then one may fail to open what another has just sealed.',
    'Older fields are sealed anew when they are written again.',
  ],
  photo: [
    'Kept for opening: what was sealed before is lost without it, and who has the key and the storage can see that.',
    'Running servers take the new key within 15 seconds; until then one may fail to open what another has just sealed.',
  ],
};

/** Returns what an operator must know, and do, after an emergency replacement of a ring. */
export const noticesOf = (name: RingName): readonly string[] => (name === 'agreement' ? [] : notices[name]);
