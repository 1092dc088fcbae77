#!/usr/bin/env node
import { ConfigError } from '../config/index.ts';
import { checkAuditChain, verifyAuditProof, writeAuditProof } from './commands/audit.ts';
import { saveCatalogue } from './commands/catalogue.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { importCertificates } from './commands/import.ts';
import { rotateKeys } from './commands/keys.ts';
import { seed } from './commands/seed.ts';
import { serve } from './commands/serve.ts';
import { listSites, saveSites } from './commands/sites.ts';

const help = `yihao: one citizen ID number signs in to every government channel

  yihao serve         serve this instance, as the environment configures it
  yihao demo          serve a demo of one region with two sites and twenty synthetic people
  yihao seed          put the demo's synthetic people into the configured storage (development only)
  yihao keys rotate   make the next signing key sign; the former stays published for a while
  yihao sites save FILE.json
                      register sites and departments' machines, or change them: docs/sites.md
  yihao sites list    show what is registered
  yihao catalogue save
                      put the types of certificates an instance begins with into its catalogue
  yihao audit check   walk the audit chain of the configured storage: gaps, hashes, signed tree heads
  yihao audit prove SEQUENCE_OR_EVENT PROOF_FILE, or --keys JWKS_FILE
                      write the proof of an audit entry, or the public keys that verify it, to a file
  yihao audit verify PROOF_FILE --keys JWKS_FILE
                      verify a proof offline; exit status 0 when it holds, 1 when not
  yihao import certificates FILE [--photos DIR] [--accept-photos] [--dry-run]
                      import the certificates of a .csv or .ndjson file; exit status 0 when all are in,
                      3 when some were rejected, 1 when it failed and is to be run again
  yihao doctor        check configuration, master key, storage, signing keys and sites
  yihao --help        show this

The configuration is read from the environment; docs/configuration.md lists every key.`;

/** A command that returns false has found what it looked for wanting: the status is 1; a number is the status itself. */
const commands: Record<string, () => Promise<unknown>> = {
  serve,
  demo,
  seed,
  'keys rotate': rotateKeys,
  'sites list': listSites,
  'catalogue save': saveCatalogue,
  'audit check': checkAuditChain,
  doctor,
};

/** Those whose two words are followed by arguments of their own. */
const commandsWithArguments: Record<string, (rest: readonly string[]) => Promise<unknown>> = {
  'audit prove': writeAuditProof,
  'audit verify': verifyAuditProof,
  'import certificates': importCertificates,
  'sites save': saveSites,
};

const find = (words: readonly string[]): (() => Promise<unknown>) | undefined => {
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
