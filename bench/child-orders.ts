import type { ClientMetadata } from 'oidc-provider';

/** What a server under test is told at the start. */
export interface StartOrder {
  /** A free port; the issuer is its address. */
  port: number;
  /** localhost when left out; cookies of two hosts do not mix. */
  host?: string;
  /** Configuration keys of Yihao that the bench decides: where Redis is, where records are. */
  environment: Record<string, string>;
  client: ClientMetadata & { client_id: string; redirect_uris: string[]; scope: string };
}

export type Order =
  | { order: 'start'; with: StartOrder }
  | { order: 'act'; name: string; with: unknown }
  | { order: 'cpu' }
  | { order: 'stop' };

export type Answer =
  | { answer: 'ready' }
  | { answer: 'done'; value: unknown }
  /** User and system time of the whole process, all its threads, since it began. */
  | { answer: 'cpu'; milliseconds: number }
  | { answer: 'stopped' }
  | { answer: 'failed'; reason: string };

/** The address a server under test is reached at, which is its issuer too. */
export const issuerOf = ({ port, host = 'localhost' }: Pick<StartOrder, 'port' | 'host'>): string =>
  `http://${host}:${port}`;

/** What a server under test can be told to do beside answering requests, by name. */
export type Acts = Record<string, (words: never) => Promise<unknown>>;

/**
 * Obeys the parent that forked this process, and ends when the parent does.
 * @param start starts the server; resolves, when it answers, to what stops it
 */
export function obeyParent(
  start: (order: StartOrder) => Promise<() => Promise<void>>,
  acts: Acts = {},
): void {
  let stop = async (): Promise<void> => undefined;
  const answer = (message: Answer): void => {
    process.send?.(message);
  };
  const obey = async (message: Order): Promise<Answer> => {
    if (message.order === 'start') {
      stop = await start(message.with);
      return { answer: 'ready' };
    }
    if (message.order === 'act') {
      const act = acts[message.name];
      if (act === undefined) throw new Error(`there is no act ${message.name}`);
      return { answer: 'done', value: await act(message.with as never) };
    }
    if (message.order === 'cpu') {
      const { user, system } = process.cpuUsage();
      return { answer: 'cpu', milliseconds: (user + system) / 1000 };
    }
    await stop();
    return { answer: 'stopped' };
  };
  process.on('message', (message) => {
    obey(message as Order).then(answer, (error: unknown) =>
      answer({
        answer: 'failed',
        reason: error instanceof Error ? (error.stack ?? error.message) : 'unknown',
      }),
    );
  });
  // An orderly end lets `--cpu-prof` write its profile.
  process.on('disconnect', () => process.exit());
}
