import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../config/index.ts';
import { type App, createApp } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { startLoop } from '../base/loop.ts';
import { closeDueAccounts } from '../close-accounts.ts';
import { createLog, type Log } from '../http/index.ts';
import { findMasterKey } from './master-key.ts';

/** A server that is up. */
export interface RunningServer {
  app: App;
  log: Log;
  /** The address it listens on. */
  url: string;
  /** Stops taking requests, lets those under way end for up to 10 seconds, then closes the stores. */
  stop(): Promise<void>;
}

const drainMilliseconds = 10_000;
const keyCheckMilliseconds = 15_000;
/** How soon after its time a proposal lapses, and what an emergency did is undone. */
const sweepMilliseconds = 15_000;
/** How soon after its time a sign-out notice is sent again. */
const signOutMilliseconds = 5000;
/** How soon after its time a counter is told again that its question was answered. */
const pingMilliseconds = 5000;
/** How soon after its time an account is closed, or its telephone changed. */
const closingMilliseconds = 60_000;
/** How soon after a crash an owner is told of a recovery, and what a completed one asks for is done. */
const recoveryMilliseconds = 15_000;
/** Trust marks hold for a day, and a resolver asks their issuer all the same. */
const trustMarkMilliseconds = 3_600_000;

/** Starts one instance as the configuration says. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const app = await createApp({ config, log, clock: systemClock, masterKey: await findMasterKey(config) });
  const server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 },
    app.listener,
  );
  server.on('clientError', answerBrokenRequest);
  await listen(server, config.listen);
  // Another process may have rotated the keys; tokens of the new key verify at once since it was published before.
  const keyCheck = setInterval(() => void refreshKeys(app, log), keyCheckMilliseconds);
  const relaying = app.house.audit.start();
  const counting = app.house.audit.measures.start();
  const telling = app.house.signals.start();
  const linking = app.house.peerLink.start();
  const sweeping = startLoop(app.house.staff.sweepProposals, sweepMilliseconds, (error) =>
    log.error({ err: error }, 'proposals could not be settled'),
  );
  const signingOut = startLoop(app.sessions.runOnce, signOutMilliseconds, (error) =>
    log.error({ err: error }, 'sign-out notices could not be sent again'),
  );
  const pinging = startLoop(
    () => app.counterPings.sendDue(app.provider.current),
    pingMilliseconds,
    (error) => log.error({ err: error }, 'pings could not be sent again'),
  );
  const closing = startLoop(
    () => closeDueAccounts(app.house, app.sessions),
    closingMilliseconds,
    (error) => log.error({ err: error }, 'an account could not be closed'),
  );
  const recovering = startLoop(
    () => app.house.identity.sweepRecoveries(app.sessions.endAll),
    recoveryMilliseconds,
    (error) => log.error({ err: error }, 'recoveries could not be settled'),
  );
  const rephoning = startLoop(app.house.identity.sweepPhoneChanges, closingMilliseconds, (error) =>
    log.error({ err: error }, 'changes of telephone could not be made'),
  );
  const refreshing = startLoop(
    () => refreshTrustMarks(app, log),
    trustMarkMilliseconds,
    (error) => log.error({ err: error }, 'trust marks could not be asked for'),
  );
  const reporting = app.house.childSide?.start();
  const { port } = server.address() as AddressInfo;
  log.info({ port, issuer: config.issuer }, 'listening');
  return {
    app,
    log,
    url: `http://${config.listen.host}:${port}`,
    stop: async () => {
      clearInterval(keyCheck);
      app.drain();
      await drain(server);
      await reporting?.stop();
      await Promise.all([
        relaying.stop(),
        counting.stop(),
        telling.stop(),
        linking.stop(),
        sweeping.stop(),
        signingOut.stop(),
        pinging.stop(),
        closing.stop(),
        recovering.stop(),
        rephoning.stop(),
        refreshing.stop(),
      ]);
      await app.house.close();
      log.info({}, 'stopped');
    },
  };
}

const listen = (server: Server, { host, port }: Config['listen']): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} on ${host} is taken; stop what holds it, or set YIHAO_LISTEN_PORT`)
          : error,
      );
    server.once('error', fail);
    server.listen(port, host, () => {
      server.removeListener('error', fail);
      resolve();
    });
  });

const drain = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
  await closed;
  clearTimeout(timer);
};

const refreshTrustMarks = async ({ house }: App, log: Log): Promise<number> => {
  await house.federation.refreshTrustMarks(({ code, message }) =>
    log.info({ code, reason: message }, 'a superior gave no trust mark'),
  );
  return 0;
};

const refreshKeys = async (app: App, log: Log): Promise<void> => {
  try {
    await app.house.crypto.refreshDataKeys();
    if (await app.provider.refresh()) log.info({}, 'signing keys or the catalogue changed');
  } catch (error) {
    log.error({ err: error }, 'signing keys could not be read');
  }
};

/** Node answers a request it cannot parse with bare text; say what is wrong instead, and hide nothing useful. */
const answerBrokenRequest = (error: NodeJS.ErrnoException, socket: import('node:stream').Duplex): void => {
  if (!socket.writable) return;
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const text = tooLong
    ? '请求的地址或标头过长。请回到网站重新开始。 The address or headers are too long. Start again from the site.'
    : '请求无法读取。 The request could not be read.';
  const length = Buffer.byteLength(text);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
  );
};
