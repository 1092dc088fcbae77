import { type Config, readConfig } from '../../config/index.ts';
import { systemClock } from '../base/clock.ts';
import { type House, openHouse } from '../house.ts';
import { createLog } from '../http/index.ts';
import { findMasterKey } from './master-key.ts';

/** Opens the house as the environment configures it, lets the work be done in it, and closes it whatever comes. */
export async function withHouse<T>(work: (house: House, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const house = await openHouse({ config, masterKey: await findMasterKey(config), clock: systemClock, log });
  try {
    return await work(house, config);
  } finally {
    await house.close();
  }
}

/** Opens the house likewise, and prints what the work has to say, a line each. */
export async function printFromHouse(
  work: (house: House, config: Config) => Promise<readonly string[]>,
): Promise<void> {
  for (const line of await withHouse(work)) console.log(line);
}
