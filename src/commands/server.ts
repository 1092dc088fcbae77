import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../config/index.ts';
import { type App, createApp } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { createLog, type Log } from '../http/index.ts';
import { openTracing } from '../open-tracing.ts';
import { startLoops } from './loops.ts';
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

/** Starts one instance as the configuration says. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const tracing = await openTracing(config);
  const app = await createApp({ config, log, clock: systemClock, masterKey: await findMasterKey(config) });
  await keepRulesAbove(app, config, log);
  const server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 },
    app.listener,
  );
  server.on('clientError', answerBrokenRequest);
  await listen(server, config.listen);
  // Another process may have rotated the keys; tokens of the new key verify at once since it was published before.
  const keyCheck = setInterval(() => void refreshKeys(app, log), keyCheckMilliseconds);
  const stopLoops = startLoops(app, log);
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
      await stopLoops();
      await app.house.close();
      await tracing?.stop();
      log.info({}, 'stopped');
    },
  };
}

/** In production nothing is served under settings looser than the region above allows; elsewhere the log says so. */
const keepRulesAbove = async ({ house }: App, { production }: Config, log: Log): Promise<void> => {
  try {
    await house.rulesAbove.checkOwn();
  } catch (error) {
    if (!production) return log.warn({ err: error }, 'settings are looser than the region above allows');
    await house.close();
    throw error;
  }
};

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
