// A process to be killed: tells a peer what is due, on the storage of a region that is open elsewhere too, and dies by
// SIGKILL when the peer has answered its first envelope and before it has taken note of that. Arguments: the folder of the
// storage, the region's entity identifier and code, the instant.
import { register } from 'node:module';

register('../support/jest/typescript.mjs', import.meta.url);
const load = (path) => import(new URL(`../../src/${path}`, import.meta.url).href);
const [
  { openStorage },
  { openCrypto, parseMasterKey },
  { createPeerCall, createPeerLink, createRecognition },
] = await Promise.all(['storage/index.ts', 'crypto/index.ts', 'recognition/index.ts'].map(load));

const [dataFolder, entityId, regionCode, instant] = process.argv.slice(2);
const clock = { now: () => new Date(instant) };
const settings = { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false };
const { records: connection, ephemeral } = await openStorage(settings, clock);
const masterKey = parseMasterKey('5e'.repeat(32));
const keys = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
const { agreementKeys, peerKeys } = await openCrypto(keys);
const self = { entityId, regionCode };
const recognition = createRecognition({ connection, clock, self, keys: agreementKeys });
const call = createPeerCall({ privateHosts: ['localhost'] });
const link = createPeerLink({
  ...{ connection, clock, recognition, peerKeys },
  self: entityId,
  memory: ephemeral,
  call: async (url, message) => {
    const answer = await call(url, message);
    if (url.endsWith('/peer/agreements')) process.kill(process.pid, 'SIGKILL');
    return answer;
  },
  log: { warn: (fields, message) => console.error(message, fields) },
});
await link.runOnce();
