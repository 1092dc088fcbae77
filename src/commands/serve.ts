import { readConfig } from '../../config/index.ts';
import { startServer } from './server.ts';
import { stopOnSignal } from './signals.ts';

/** Serves one instance until it is told to stop. */
export async function serve(): Promise<void> {
  const server = await startServer(readConfig());
  await stopOnSignal(server.stop);
}
