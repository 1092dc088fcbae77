import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below where systems take the ports they hand out, so that nothing that asks for any port gets one of these meanwhile. */
const [lowest, highest] = [15_000, 32_000];

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });

/** Finds the first of so many free ports in a row. */
export const firstOfFreePorts = async (amount: number): Promise<number> => {
  for (let tries = 0; tries < 20; tries += 1) {
    const port = randomInt(lowest, highest - amount);
    const free = await Promise.all(Array.from({ length: amount }, (_, ahead) => isFree(port + ahead)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`found no ${amount} free ports in a row`);
};
