// A region in a process of its own, on real storage and a real socket, to be killed. It takes orders from the parent, each
// with the time it is, and dies by SIGKILL at the step it was told: before a message of its own goes out, after the answer
// came, when a question came, and before the answer to it goes out. Argument: the folder of the compiled project.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , compiled] = process.argv;
const load = (path) => import(pathToFileURL(join(compiled, 'src', path)).href);
const [
  { openStorage },
  { openCrypto, parseMasterKey, thumbprintOf },
  { createPeerCall, createPeerLink, createRecognition, keySetPath, stateOf },
  { agreementMessages },
] = await Promise.all(
  ['storage/index.js', 'crypto/index.js', 'recognition/index.js', 'http/peer/agreements.js'].map(load),
);

let now = 0;
const clock = { now: () => new Date(now) };
let stepsLeft = Number.POSITIVE_INFINITY;
let region;

const step = (path) => {
  if (!path.startsWith('/peer/agreements')) return;
  stepsLeft -= 1;
  if (stepsLeft === 0) process.kill(process.pid, 'SIGKILL');
};

const call = createPeerCall({ privateHosts: ['localhost'] });
const callInSteps = async (url, text) => {
  const { pathname } = new URL(url);
  step(pathname);
  const answer = await call(url, text);
  step(pathname);
  return answer;
};

const answer = async (request, response) => {
  const { link, agreementKeys, peerKeys, messages, issuer } = region;
  step(request.url);
  const parts = [];
  for await (const part of request) parts.push(part);
  if (request.url === keySetPath) {
    response.end(await agreementKeys.signKeySet(issuer, await peerKeys.published()));
    return;
  }
  const one = messages.find(({ kind }) => kind.path === request.url);
  const question = await link.openQuestion(one.kind, Buffer.concat(parts).toString());
  const reply = await one.handle(one.content.parse(question.claims), question);
  const { status, type, body } = await link.sealReply(one.kind, question, reply);
  step(request.url);
  response.writeHead(status, { 'content-type': type }).end(body);
};

const open = async ({ folder, issuer, regionCode }) => {
  const settings = { dataFolder: folder, mongodbUrl: null, redisUrl: null, redisCluster: false };
  const { records: connection, ephemeral: memory } = await openStorage(settings, clock);
  const masterKey = parseMasterKey('5e'.repeat(32));
  const keys = { connection, masterKey, clock, keyOverlapSeconds: 60, nationalSeals: false };
  const { agreementKeys, peerKeys } = await openCrypto(keys);
  const self = { entityId: issuer, regionCode };
  const recognition = createRecognition({ connection, clock, self, keys: agreementKeys });
  const log = { warn: () => undefined };
  const link = createPeerLink({
    ...{ connection, clock, self: issuer, recognition, peerKeys, memory, log, mail: [] },
    call: callInSteps,
  });
  await Promise.all([recognition.ready(), link.ready()]);
  const messages = agreementMessages(recognition);
  region = { connection, recognition, link, agreementKeys, peerKeys, messages, issuer };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise((resolve) => server.listen(new URL(issuer).port, 'localhost', resolve));
  return (await agreementKeys.load()).current;
};

const orders = {
  open,
  async meet({ peer }) {
    const thumbprint = thumbprintOf(peer.agreementKey);
    await region.recognition.addPeer({ ...peer, actor: 'o1' });
    for (const actor of ['o1', 'o2']) await region.recognition.comparePeer({ ...peer, thumbprint, actor });
  },
  async propose({ content }) {
    await region.connection.collection('agreements').deleteMany({});
    const drafted = await region.recognition.draftAgreement({ content, after: null, actor: 'o1' });
    await region.recognition.proposeAgreement({ ...drafted, digestSeen: drafted.digest, actor: 'o2' });
    return drafted;
  },
  forget: () => region.connection.collection('agreements').deleteMany({}),
  countersign: ({ place }) =>
    region.recognition.countersignAgreement({ ...place, digestSeen: place.digest, actor: 'o3' }),
  arm: ({ steps }) => {
    stepsLeft = steps;
  },
  visit: () => region.link.runOnce(),
  async look({ place, peer }) {
    const { recognition } = region;
    const [newest] = await recognition.findVersions(place.agreementId);
    return {
      state: newest ? stateOf(newest, clock.now()) : null,
      undelivered: (await recognition.listUndelivered()).length,
      held: JSON.stringify([
        (await recognition.listStatuses(peer)).filter(({ agreementId }) => agreementId === place.agreementId),
        (await recognition.envelopeFor(peer, place))?.signed,
      ]),
    };
  },
};

process.on('message', async ({ order, at, ...words }) => {
  now = at;
  try {
    process.send({ value: (await orders[order](words)) ?? null });
  } catch (error) {
    process.send({ failed: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
