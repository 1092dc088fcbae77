import { readConfig } from '../../config/index.ts';
import { systemClock } from '../base/clock.ts';
import { openHouse } from '../house.ts';
import { createLog } from '../http/index.ts';
import { findMasterKey } from './master-key.ts';

/** Rotates the signing keys: the published next key signs, the former stays published for the overlap. */
export async function rotateKeys(): Promise<void> {
  const config = readConfig();
  const house = await openHouse({
    config,
    masterKey: await findMasterKey(config),
    clock: systemClock,
    log: createLog(config.logLevel),
  });
  try {
    await house.crypto.keyRing.rotate();
    const { keys } = await house.crypto.keyRing.load();
    for (const { kid, state, verifyUntil } of keys)
      console.log(`${state.padEnd(8)} ${kid}${verifyUntil ? ` until ${verifyUntil.toISOString()}` : ''}`);
    console.log('Running servers take the new key within 15 seconds.');
  } finally {
    await house.close();
  }
}
