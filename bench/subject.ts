import { type ChildProcess, fork } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Answer, issuerOf, type Order, type StartOrder } from './child-orders.ts';

/** A server under test, in a process of its own. */
export interface Subject {
  name: string;
  issuer: string;
  /** User and system milliseconds the process has used so far. */
  cpuMilliseconds(): Promise<number>;
  /** Has the process do something and returns what came of it. */
  act<T>(name: string, words?: object): Promise<T>;
  stop(): Promise<void>;
}

/**
 * Forks a server under test and waits until it answers. Options of `node` itself (`--cpu-prof`) are inherited.
 * @param script the compiled file beside this one
 * @param logFile takes all that the process prints; its end is in the error when the start fails
 */
export async function startSubject(
  name: string,
  script: string,
  order: StartOrder,
  logFile: string,
): Promise<Subject> {
  const log = await open(logFile, 'a');
  // The environment of whoever runs the bench must not change what is measured.
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (message: Order): Promise<Answer> => {
    // One after another: an answer does not say which order it is to.
    const answering = last.then(() => answerOf(child, message));
    last = answering.catch(() => undefined);
    const answer = await answering.catch((error: Error) => ({
      answer: 'failed' as const,
      reason: error.message,
    }));
    if (answer.answer !== 'failed') return answer;
    const printed = (await readFile(logFile, 'utf8')).slice(-2000);
    throw new Error(`${name} did not ${message.order}: ${answer.reason}\nIts last words:\n${printed}`);
  };
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null || !child.connected) return;
    await ask({ order: 'stop' });
    child.disconnect();
    await gone;
  };
  try {
    await ask({ order: 'start', with: order });
  } catch (error) {
    child.kill();
    throw error;
  }
  return {
    name,
    issuer: issuerOf(order),
    async act<T>(act: string, words: object = {}): Promise<T> {
      const answer = await ask({ order: 'act', name: act, with: words });
      return (answer.answer === 'done' ? answer.value : undefined) as T;
    },
    async cpuMilliseconds() {
      const answer = await ask({ order: 'cpu' });
      return answer.answer === 'cpu' ? answer.milliseconds : Number.NaN;
    },
    stop,
  };
}

/** Sends one order and takes the next answer; never more than one is under way. */
const answerOf = (child: ChildProcess, message: Order): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the process ended'));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.removeListener('exit', gone);
      resolve(answer as Answer);
    });
    child.send(message, (error) => {
      if (error !== null) reject(error);
    });
  });
