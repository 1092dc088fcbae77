import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCrypto, parseMasterKey } from '../../src/crypto/index.ts';
import { createPasskeyCeremonies } from '../../src/identity/index.ts';
import { createStaff, type Officer, type ProposalHandler, type Staff } from '../../src/staff/index.ts';
import { openStorage, type RecordConnection } from '../../src/storage/index.ts';
import { parseRegionCode } from '../../src/terms/region-code.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { site } from '../support/identity-house.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../support/virtual-authenticator.ts';

/** An officer at work, with the device they sign in by. */
export interface AtWork {
  officer: Officer;
  officerId: string;
  device: SoftwareAuthenticator;
}

/** The staff domain on embedded storage with a clock that stands. */
export interface StaffHouse {
  staff: Staff;
  records: RecordConnection;
  clock: FrozenClock;
  /** What a handler of kind `paper.file` was asked to do, and whether it is to fail. */
  papers: { deeds: string[]; failing: boolean };
  /** How citizens' accounts stand, by identifier. */
  accounts: Map<string, { isActive: boolean; level: number }>;
  join(token: string, name?: string): Promise<AtWork>;
  /** The first two administrators. */
  found(): Promise<{ system: AtWork; security: AtWork }>;
  close(): Promise<void>;
}

/** Opens the staff domain in a temporary folder; kind `paper.file` stands for what other domains propose. */
export async function openStaffHouse(): Promise<StaffHouse> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yihao-staff-'));
  const clock = frozenClock();
  const settings = { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false };
  const storage = await openStorage(settings, clock);
  const masterKey = parseMasterKey('5e'.repeat(32));
  const connection = storage.records;
  const keys = { keyOverlapSeconds: 60, nationalSeals: false };
  const { cipher } = await openCrypto({ connection, masterKey, clock, ...keys });
  const papers: StaffHouse['papers'] = { deeds: [], failing: false };
  const deed = (name: string): ProposalHandler['apply'] => {
    return async ({ subject }) => {
      if (papers.failing) throw new Error('the handler fails');
      papers.deeds.push(`${name} ${subject}`);
    };
  };
  const accounts: StaffHouse['accounts'] = new Map();
  const staff = createStaff({
    accountStanding: async (accountId) => accounts.get(accountId) ?? null,
    connection,
    cipher,
    clock,
    ceremonies: createPasskeyCeremonies({
      ephemeral: storage.ephemeral,
      relyingParty: { id: site.rpId, name: '一号', origins: [site.origin] },
    }),
    regionCode: parseRegionCode('990000'),
    handlers: {
      'paper.file': {
        proposeAct: 'officers.propose',
        approveAct: 'officers.approve',
        apply: deed('file'),
        undo: deed('unfile'),
      },
    },
  });
  await staff.ready();
  const joinBy = async (token: string, name = ''): Promise<AtWork> => {
    const device = createAuthenticator(site);
    const { options } = await staff.beginJoin({ token });
    const response = device.register(options as { challenge: string });
    const officer = await staff.finishJoin({ token, response, name });
    return { officer, officerId: officer.officerId, device };
  };
  return {
    staff,
    records: connection,
    clock,
    papers,
    accounts,
    join: joinBy,
    async found() {
      const [system, security] = await staff.bootstrap();
      return {
        system: await joinBy(system?.token ?? '', '陈知远'),
        security: await joinBy(security?.token ?? '', '林书瑶'),
      };
    },
    close: async () => {
      await storage.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
