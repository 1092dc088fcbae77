import { type App, endWaysIn } from '../app.ts';
import { startLoop } from '../base/loop.ts';
import { closeDueAccounts } from '../close-accounts.ts';
import type { Log } from '../http/index.ts';

/** Work that is done again and again beside the requests; how often, and what the log says when it fails. */
interface Chore {
  work(): Promise<number>;
  everyMilliseconds: number;
  failed: string;
}

/** Starts all that an instance does by itself; the function returned lets what is under way end. */
export function startLoops(app: App, log: Log): () => Promise<void> {
  const { house } = app;
  const running = [
    house.audit.start(),
    house.audit.measures.start(),
    house.signals.start(),
    house.peerLink.start(),
    ...choresOf(app, log).map(({ work, everyMilliseconds, failed }) =>
      startLoop(work, everyMilliseconds, (error) => log.error({ err: error }, failed)),
    ),
  ];
  const reporting = house.childSide?.start();
  return async () => {
    await reporting?.stop();
    await Promise.all(running.map((loop) => loop.stop()));
    await house.siteHealth.flush();
  };
}

const choresOf = (app: App, log: Log): Chore[] => [
  {
    // A proposal lapses, and what an emergency did is undone.
    work: app.house.staff.sweepProposals,
    everyMilliseconds: 15_000,
    failed: 'proposals could not be settled',
  },
  {
    work: app.sessions.runOnce,
    everyMilliseconds: 5000,
    failed: 'sign-out notices could not be sent again',
  },
  {
    work: () => app.counterPings.sendDue(app.provider.current),
    everyMilliseconds: 5000,
    failed: 'pings could not be sent again',
  },
  {
    work: () => closeDueAccounts(app.house, app.sessions),
    everyMilliseconds: 60_000,
    failed: 'an account could not be closed',
  },
  {
    // Not again at once, however much there was.
    work: () => app.house.siteHealth.flush().then(() => 0),
    everyMilliseconds: 2000,
    failed: 'what was counted of sites could not be written; it is tried again',
  },
  {
    // After a crash an owner is told of a recovery, and what a completed one asks for is done.
    work: () => app.house.identity.sweepRecoveries(endWaysIn(app.house, app.sessions)),
    everyMilliseconds: 15_000,
    failed: 'recoveries could not be settled',
  },
  {
    work: app.house.identity.sweepPhoneChanges,
    everyMilliseconds: 60_000,
    failed: 'changes of telephone could not be made',
  },
  {
    // Any number of processes may find a ring due: the first to write rotates it.
    work: app.house.keys.rotateDue,
    everyMilliseconds: 600_000,
    failed: 'keys could not be rotated',
  },
  {
    // Trust marks hold for a day, and a resolver asks their issuer all the same.
    work: () => refreshTrustMarks(app, log),
    everyMilliseconds: 3_600_000,
    failed: 'trust marks could not be asked for',
  },
];

const refreshTrustMarks = async ({ house }: App, log: Log): Promise<number> => {
  await house.federation.refreshTrustMarks(({ code, message }) =>
    log.info({ code, reason: message }, 'a superior gave no trust mark'),
  );
  return 0;
};
