// A process to be killed: signs a person in and changes a site, those of its lane (argument 3), on embedded storage in a
// folder (2) through the compiled house (1), with the relay running. It prints a line when it begins an act and one when
// the act is done.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [compiled = '', dataFolder = '', lane = '0'] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(compiled, path)).href);
const [
  { openStorage },
  { openCrypto, parseMasterKey },
  { createIdentity, createPasskeyCeremonies },
  { createSiteStore },
] = await Promise.all(
  ['src/storage/index.js', 'src/crypto/index.js', 'src/identity/index.js', 'src/oidc/sites.js'].map(load),
);
const [{ createAudit }, { systemClock: clock }, { demoPeople, demoPassword }] = await Promise.all(
  ['src/audit/index.js', 'src/base/clock.js', 'config/demo/people.js'].map(load),
);

const storage = await openStorage(
  { dataFolder, mongodbUrl: null, redisUrl: null, redisCluster: false },
  clock,
);
const { records: connection, ephemeral } = storage;
const masterKey = parseMasterKey('5e'.repeat(32));
const crypto = await openCrypto({
  connection,
  masterKey,
  clock,
  keyOverlapSeconds: 60,
  nationalSeals: false,
});
const relyingParty = { id: 'id.example.gov.cn', name: '一号', origins: ['https://id.example.gov.cn'] };
const identity = createIdentity({
  connection,
  ephemeral,
  cipher: crypto.cipher,
  blindIndex: crypto.blindIndex,
  clock,
  ceremonies: createPasskeyCeremonies({ ephemeral, relyingParty }),
  region: '990000',
  limits: { triesPerAccount: 1e6, triesPerAddress: 1e6 },
});
const sites = createSiteStore(connection, clock);
const code = '11999999000000019M';
const audit = createAudit({
  connection,
  sources: [...crypto.outboxes, ...identity.outboxes, ...sites.outboxes],
  clock,
  log: { warn: () => undefined, error: (fields) => console.error(fields) },
  origin: 'https://id.example.gov.cn/audit',
  seal: (document) => crypto.sealer.seal(code, document),
  verifySeal: (document, seal) => crypto.sealer.verify(code, document, seal),
});
await Promise.all([identity.ready(), sites.ready(), audit.ready()]);
audit.start(1);

const say = (word, id) => process.stdout.write(`${word} ${id}\n`);
const act = async (id, work) => {
  say('begun', id);
  await work();
  say('done', id);
};

const signInFor = async (person) => {
  const { number, name } = person;
  let accountId = await identity.findAccountIdByNumber(number);
  if (accountId === null) {
    const input = { number, name, password: demoPassword, assurance: 2, actor: 'seed' };
    accountId = (await identity.createAccount(input)).accountId;
    say('created', accountId);
  }
  for (;;)
    await act(accountId, () =>
      identity.signInWithPassword({ number, password: demoPassword, address: 'here' }),
    );
};

const changeSite = async (clientId) => {
  for (let turn = 0; ; turn += 1) {
    await act(clientId, () =>
      sites.save(
        {
          clientId,
          name: { zh: '示例', en: 'Example' },
          department: '示例局',
          purpose: `第 ${turn} 次`,
          homeUrl: 'https://site.example.gov.cn',
          enabled: true,
          legalBasis: {},
          metadata: {
            redirect_uris: ['https://site.example.gov.cn/callback'],
            token_endpoint_auth_method: 'none',
            scope: 'openid',
          },
        },
        'seed',
      ),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
};

await Promise.all([signInFor(demoPeople[Number(lane)]), changeSite(`site-${lane}`)]);
