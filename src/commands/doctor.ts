import { readConfig } from '../../config/index.ts';
import { systemClock } from '../base/clock.ts';
import { openHouse } from '../house.ts';
import { createLog } from '../http/index.ts';
import { findMasterKey } from './master-key.ts';

/** Checks, one line each, what an instance needs to run; returns whether all is well. */
export async function doctor(): Promise<boolean> {
  const config = readConfig();
  console.log('ok    configuration');
  const masterKey = await findMasterKey(config);
  console.log(`ok    master key ${masterKey.fingerprint}`);
  const house = await openHouse({ config, masterKey, clock: systemClock, log: createLog(config.logLevel) });
  try {
    await house.storage.ping();
    console.log(
      `ok    storage: records in ${config.storage.mongodbUrl ? 'MongoDB' : 'the embedded file'}, ` +
        `what expires in ${config.storage.redisUrl ? 'Redis' : 'the embedded file'}`,
    );
    const { keys } = await house.crypto.keyRing.load();
    console.log(`ok    signing keys: ${keys.map(({ state }) => state).join(', ')}`);
    const overdue = (await house.keys.status()).filter((ring) => ring.overdue).map(({ label }) => label);
    if (overdue.length > 0) console.log(`late  key rings: ${overdue.join(', ')}; see yihao keys status`);
    const sites = await house.sites.list();
    console.log(
      `ok    sites: ${sites.length} registered, ${sites.filter((site) => site.enabled).length} enabled`,
    );
    return overdue.length === 0;
  } finally {
    await house.close();
  }
}
