import type { simulatorZh } from './simulator-zh.ts';

/** The words of the simulator, in English. */
export const simulatorEn: typeof simulatorZh = {
  title: 'Simulator: sign in as whom?',
  lead: 'This is a simulator for sites’ tests, not the real Yihao. The people listed are invented: choose one to sign in, without a password.',
  strangeHint:
    'The login_hint that the site sent is not understood. Choose below; docs/simulator.md says how to write one.',
  level: 'Level of the sign-in',
  asAsked: 'As the site asks',
  levelOf: 'level {level}',
  people: 'People',
  nobody: 'There is nobody on the list. Start the simulator again with people, by --people.',
};
