#!/usr/bin/env node
import { ConfigError } from '../config/index.ts';
import { help } from './commands/help.ts';

/** A command that returns false has found what it looked for wanting: the status is 1; a number is the status itself. Each is loaded when it is called. */
const commands: Record<string, () => Promise<unknown>> = {
  serve: async () => (await import('./commands/serve.ts')).serve(),
  demo: async () => (await import('./commands/demo.ts')).demo(),
  'demo app': async () => (await import('./commands/demo-app.ts')).demoApp(),
  seed: async () => (await import('./commands/seed.ts')).seed(),
  'keys status': async () => (await import('./commands/keys.ts')).showKeys(),
  'sites list': async () => (await import('./commands/sites.ts')).listSites(),
  'federation list': async () => (await import('./commands/federation.ts')).listSubordinates(),
  'federation keys': async () => (await import('./commands/federation.ts')).showFederationKeys(),
  'federation rotate': async () => (await import('./commands/federation.ts')).rotateFederationKeys(),
  'officers bootstrap': async () => (await import('./commands/officers.ts')).bootstrapOfficers(),
  'catalogue save': async () => (await import('./commands/catalogue.ts')).saveCatalogue(),
  'directory push': async () => (await import('./commands/directory.ts')).pushDirectory(),
  'directory reconcile': async () => (await import('./commands/directory.ts')).reconcileDirectory(),
  'directory status': async () => (await import('./commands/directory.ts')).showDirectory(),
  'rules show': async () => (await import('./commands/region-rules.ts')).showRules(),
  'migrate status': async () => (await import('./commands/migrate.ts')).showMigrations(),
  'migrate run': async () => (await import('./commands/migrate.ts')).runMigrations(),
  doctor: async () => (await import('./commands/doctor.ts')).doctor(),
};

/** The acts on agreements with other regions, which are many and alike. */
function agreementActs(): Record<string, (rest: readonly string[]) => Promise<unknown>> {
  const names =
    'list frameworks show draft propose countersign withdraw reject suspend confirm resume terminate'.split(
      ' ',
    );
  const run = async (name: string, rest: readonly string[]) =>
    (await import('./commands/agreements.ts')).runAgreements(name, rest);
  return Object.fromEntries(
    names.map((name) => [`agreements ${name}`, (rest: readonly string[]) => run(name, rest)]),
  );
}

/** The acts on mappings of types and levels. */
function mappingActs(): Record<string, (rest: readonly string[]) => Promise<unknown>> {
  const run = async (name: string, rest: readonly string[]) =>
    (await import('./commands/mappings.ts')).runMappings(name, rest);
  return Object.fromEntries(
    ['list', 'show', 'publish', 'touched', 'fetch'].map((name) => [
      `mappings ${name}`,
      (rest: readonly string[]) => run(name, rest),
    ]),
  );
}

/** Those whose two words are followed by arguments of their own. */
const commandsWithArguments: Record<string, (rest: readonly string[]) => Promise<unknown>> = {
  'backup --to': async (rest) => (await import('./commands/backup.ts')).backUp(rest),
  'restore --from': async (rest) => (await import('./commands/backup.ts')).restore(rest),
  'audit check': async (rest) => (await import('./commands/audit.ts')).checkAuditChain(rest),
  'audit recount': async (rest) => (await import('./commands/audit.ts')).recountAuditChain(rest),
  'audit prune': async (rest) => (await import('./commands/audit-archive.ts')).pruneAudit(rest),
  'audit export': async (rest) => (await import('./commands/audit.ts')).exportAuditSegment(rest),
  'audit prove': async (rest) => (await import('./commands/audit.ts')).writeAuditProof(rest),
  'audit verify': async (rest) => (await import('./commands/audit.ts')).verifyAuditProof(rest),
  'directory admit': async (rest) => (await import('./commands/directory.ts')).admitChild(rest),
  'federation add': async (rest) => (await import('./commands/federation.ts')).addSubordinate(rest),
  'federation remove': async (rest) => (await import('./commands/federation.ts')).removeSubordinate(rest),
  'import certificates': async (rest) => (await import('./commands/import.ts')).importCertificates(rest),
  'kiosk check': async (rest) => (await import('./commands/kiosk.ts')).checkAtKiosk(rest),
  'rules publish': async (rest) => (await import('./commands/region-rules.ts')).publishRules(rest),
  'rules import': async (rest) => (await import('./commands/region-rules.ts')).importRules(rest),
  'sites save': async (rest) => (await import('./commands/sites.ts')).saveSites(rest),
  'signals subscribe': async (rest) =>
    (await import('./commands/signal-subscriptions.ts')).subscribeToSignals(rest),
  'signals list': async (rest) => (await import('./commands/signal-subscriptions.ts')).listSignals(rest),
  'signals pause': async (rest) => (await import('./commands/signal-subscriptions.ts')).pauseSignals(rest),
  'signals resume': async (rest) => (await import('./commands/signal-subscriptions.ts')).resumeSignals(rest),
  'signals test': async (rest) => (await import('./commands/signal-subscriptions.ts')).testSignals(rest),
  'keys rotate': async (rest) => (await import('./commands/keys.ts')).rotateKeys(rest),
  'peers list': async (rest) => (await import('./commands/peers.ts')).runPeers('list', rest),
  'peers add': async (rest) => (await import('./commands/peers.ts')).runPeers('add', rest),
  'peers confirm': async (rest) => (await import('./commands/peers.ts')).runPeers('confirm', rest),
  'peers block': async (rest) => (await import('./commands/peers.ts')).runPeers('block', rest),
  'doctor peer': async (rest) => (await import('./commands/peers.ts')).doctorPeer(rest),
  ...agreementActs(),
  ...mappingActs(),
};

/** Those of one word with arguments of its own. */
const plainCommandsWithArguments: Record<string, (rest: readonly string[]) => Promise<unknown>> = {
  simulate: async (rest) => (await import('./commands/simulate.ts')).simulate(rest),
};

const find = (words: readonly string[]): (() => Promise<unknown>) | undefined => {
  const plain = plainCommandsWithArguments[words[0] ?? ''];
  if (plain) return () => plain(words.slice(1));
  const withArguments = commandsWithArguments[words.slice(0, 2).join(' ')];
  return withArguments ? () => withArguments(words.slice(2)) : commands[words.join(' ')];
};

const run = async (words: string[]): Promise<number> => {
  if (words.length === 0 || words.includes('--help') || words.includes('-h') || words[0] === 'help') {
    console.log(help);
    return 0;
  }
  const command = find(words);
  if (command === undefined) {
    console.error(`yihao: no command "${words.join(' ')}"; yihao --help lists them`);
    return 2;
  }
  const result = await command();
  if (typeof result === 'number') return result;
  return result === false ? 1 : 0;
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof ConfigError ? message : `yihao: ${message}`);
  process.exitCode = 1;
}
