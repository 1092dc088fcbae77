#!/usr/bin/env node
import { ConfigError } from '../config/index.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { rotateKeys } from './commands/keys.ts';
import { seed } from './commands/seed.ts';
import { serve } from './commands/serve.ts';

const help = `yihao: one citizen ID number signs in to every government channel

  yihao serve         serve this instance, as the environment configures it
  yihao demo          serve a demo of one region with two sites and twenty synthetic people
  yihao seed          put the demo's synthetic people into the configured storage (development only)
  yihao keys rotate   make the next signing key sign; the former stays published for a while
  yihao doctor        check configuration, master key, storage, signing keys and sites
  yihao --help        show this

The configuration is read from the environment; docs/configuration.md lists every key.`;

const commands: Record<string, () => Promise<unknown>> = {
  serve,
  demo,
  seed,
  'keys rotate': rotateKeys,
  doctor,
};

const run = async (words: string[]): Promise<number> => {
  if (words.length === 0 || words.includes('--help') || words.includes('-h') || words[0] === 'help') {
    console.log(help);
    return 0;
  }
  const command = commands[words.join(' ')];
  if (command === undefined) {
    console.error(`yihao: no command "${words.join(' ')}"; yihao --help lists them`);
    return 2;
  }
  await command();
  return 0;
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof ConfigError ? message : `yihao: ${message}`);
  process.exitCode = 1;
}
