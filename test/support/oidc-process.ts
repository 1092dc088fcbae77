import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from './wait.ts';

/** A compiled Yihao in a process of its own, which can be killed. */
export interface ServerProcess {
  /** Ends it by SIGKILL, as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
}

const environmentOf = (settings: Record<string, string>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  YIHAO_MODE: 'development',
  YIHAO_REGION_CODE: '990000',
  YIHAO_REGION_NAME: '示例省',
  YIHAO_MASTER_KEY: '5e'.repeat(32),
  YIHAO_LISTEN_HOST: 'localhost',
  YIHAO_LOG_LEVEL: 'silent',
  ...settings,
});

/** Starts `yihao serve` of a compiled copy and waits until it says that it is ready. */
export async function startProcess(
  compiled: string,
  settings: Record<string, string> & { YIHAO_ISSUER: string },
): Promise<ServerProcess> {
  const environment = { ...settings, YIHAO_LISTEN_PORT: new URL(settings.YIHAO_ISSUER).port };
  const child = spawn(process.execPath, [join(compiled, 'src/main.js'), 'serve'], {
    env: environmentOf(environment),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const kill = () => end(child);
  try {
    await waitUntil(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${complaint}`);
      return fetch(`${settings.YIHAO_ISSUER}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    }, 60);
  } catch (error) {
    await kill();
    throw error;
  }
  return { kill };
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
};

/** Runs one command of a compiled copy to its end; returns what it printed. */
export async function runCommand(
  compiled: string,
  words: string[],
  settings: Record<string, string>,
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(compiled, 'src/main.js'), ...words], {
    env: environmentOf(settings),
  });
  return stdout;
}
