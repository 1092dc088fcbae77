import { openCrypto, parseMasterKey } from '../src/crypto/index.ts';
import { createIdentity, createPasskeyCeremonies, type Identity } from '../src/identity/index.ts';
import { openStorage } from '../src/storage/index.ts';
import { checkCharacterOf } from '../src/terms/citizen-number.ts';

/** The identity domain with its limits out of reach, twenty people who have an account and twenty who have none. */
export interface EvenHouse {
  identity: Identity;
  known: readonly Named[];
  unknown: readonly Named[];
  /** The code that was sent last to a telephone. */
  codeAt(phone: string): string;
  /** Lets a day pass, and takes events out of the records as the audit relay does. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export interface Named {
  number: string;
  phone: string;
}

const people = 20;
const outOfReach = 1_000_000_000;

/** Makes a synthetic person: of region 999999, which nobody lives in. */
const namedOf = (index: number): Named => {
  const body = `99999919900101${String(100 + index)}`;
  return { number: `${body}${checkCharacterOf(body)}`, phone: String(19_900_000_000 + index) };
};

/** Opens it in a folder; messages go nowhere, and the population register knows nobody. */
export async function openEvenHouse(dataFolder: string): Promise<EvenHouse> {
  let milliseconds = 1_795_492_800_000;
  const clock = { now: () => new Date(milliseconds) };
  const storage = await openStorage(
    { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
    clock,
  );
  const { records: connection, ephemeral } = storage;
  const masterKey = parseMasterKey('be'.repeat(32));
  const settings = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
  const { cipher, blindIndex } = await openCrypto(settings);
  const relyingParty = { id: 'localhost', name: '一号', origins: ['http://localhost'] };
  const sent = new Map<string, string>();
  const identity = createIdentity({
    connection,
    ephemeral,
    cipher,
    blindIndex,
    clock,
    ceremonies: createPasskeyCeremonies({ ephemeral, relyingParty }),
    region: '990000',
    limits: {
      triesPerAccount: outOfReach,
      triesPerAddress: outOfReach,
      triesPerNetwork: outOfReach,
      puzzleAfterAccount: outOfReach,
      puzzleAfterAddress: outOfReach,
      puzzleAfterNetwork: outOfReach,
      puzzleAfterSite: outOfReach,
      sprayAccounts: outOfReach,
    },
    smsLimits: {
      perDay: outOfReach,
      perAddressPerHour: outOfReach,
      perNetworkPerHour: outOfReach,
      perPhonePerHour: outOfReach,
    },
    authorities: {
      smsGateway: {
        send: async ({ phone, text }) => {
          sent.set(phone, /\d{6}/.exec(text)?.[0] ?? '');
        },
      },
      population: { match: async () => ({ matches: false, reference: 'none' }) },
      faceCheck: null,
    },
  });
  await identity.ready();
  const all = Array.from({ length: 2 * people }, (_, index) => namedOf(index));
  const [known, unknown] = [all.slice(0, people), all.slice(people)];
  for (const { number, phone } of known)
    await identity.createAccount({
      number,
      phone,
      name: '测试员',
      password: 'Test-password-2026',
      assurance: 2,
      actor: 'bench',
    });
  const drain = async (): Promise<void> => {
    for (const source of identity.outboxes)
      for (const { recordId, events } of await source.next(100))
        await source.drop(
          recordId,
          events.map(({ id }) => id),
        );
  };
  return {
    identity,
    known,
    unknown,
    codeAt: (phone) => sent.get(phone) ?? '',
    rest: async () => {
      milliseconds += 86_401_000;
      await drain();
    },
    close: () => storage.close(),
  };
}
