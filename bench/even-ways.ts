import { setTimeout as pause } from 'node:timers/promises';
import type { EvenHouse, Named } from './even-house.ts';

/** A way by which a stranger can name an account. */
export interface EvenWay {
  name: string;
  /** Does what is not measured, and returns what is; `which` says whether there is an account. */
  prepare(house: EvenHouse, which: 'known' | 'unknown', turn: number): Promise<() => Promise<void>>;
}

const namedIn = (house: EvenHouse, which: 'known' | 'unknown', turn: number): Named =>
  house[which][turn % house[which].length] ?? { number: '', phone: '' };

/** Runs what must be refused; what is not refused was not the question. */
const refused = async (act: Promise<unknown>, code: string): Promise<void> => {
  const error = await act.then(
    () => null,
    (thrown: { code?: string }) => thrown,
  );
  if (error?.code !== code) throw new Error(`expected ${code}`, { cause: error });
};

const address = 'bench';
const origin = { address, network: 'bench', shownNetwork: '203.0.*.*', siteId: 'bench' };
/** A telephone that is in nobody's account. */
const ownPhone = '19800000000';

/** Every way there is to name an account before anyone is signed in, and the one to name another's after. */
export const evenWays: readonly EvenWay[] = [
  {
    name: 'password',
    prepare: async (house, which, turn) => {
      const given = { ...origin, ...namedIn(house, which, turn), password: 'not-the-password' };
      return () => refused(house.identity.signInWithPassword(given), 'sign-in-refused');
    },
  },
  {
    name: 'telephone, first step',
    prepare: async (house, which, turn) => {
      const { phone } = namedIn(house, which, turn);
      return () => house.identity.beginPhoneSignIn({ binding: `${which}-${turn}`, phone, address });
    },
  },
  {
    name: 'telephone, number of another',
    prepare: async (house, which, turn) => {
      const binding = `${which}-${turn}`;
      await house.identity.beginPhoneSignIn({ binding, phone: ownPhone, address });
      const { number } = namedIn(house, which, turn);
      const code = house.codeAt(ownPhone);
      const given = { binding, code, number, isWithoutNumber: false, address };
      return () => refused(house.identity.finishPhoneSignIn(given), 'phone-sign-in-refused');
    },
  },
  {
    name: 'recovery, first step',
    prepare: async (house, which, turn) => {
      const { number } = namedIn(house, which, turn);
      const given = { binding: `${which}-${turn}`, way: 'codes' as const, number, code: 'WRONG', address };
      return () => house.identity.beginRecovery(given);
    },
  },
  {
    name: 'recovery, wrong codes',
    prepare: async (house, which, turn) => {
      const { number } = namedIn(house, which, turn);
      const binding = `${which}-${turn}`;
      await house.identity.beginRecovery({ binding, way: 'codes', number, code: 'WRONG', address });
      // The message of the first step is sent after its answer, and long before the second step.
      await pause(5);
      const given = { binding, code: '', isWithoutPhone: true, address };
      return () => refused(house.identity.proveRecovery(given), 'recovery-refused');
    },
  },
  {
    name: 'number and name of another',
    prepare: async (house, which, turn) => {
      const accountId = await newcomerOf(house);
      const { number } = namedIn(house, which, turn);
      const given = { accountId, name: '测试员', number, address };
      return () => refused(house.identity.matchPerson(given), 'person-not-matched');
    },
  },
];

const newcomers = new WeakMap<EvenHouse, string>();

/** An account whose person is not known yet. */
const newcomerOf = async (house: EvenHouse): Promise<string> => {
  const present = newcomers.get(house);
  if (present !== undefined) return present;
  const binding = 'newcomer';
  await house.identity.beginPhoneSignIn({ binding, phone: ownPhone, address });
  const code = house.codeAt(ownPhone);
  const given = { binding, code, number: '', isWithoutNumber: true, address };
  const { accountId } = await house.identity.finishPhoneSignIn(given);
  newcomers.set(house, accountId);
  return accountId;
};
