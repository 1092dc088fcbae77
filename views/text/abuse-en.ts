import type { abuseZh } from './abuse-zh.ts';

/** The words of puzzles, and of what officers see of attacks, in English. */
export const abuseEn: typeof abuseZh = {
  puzzle: {
    wait: 'Security check: there were many wrong tries lately. Your browser runs no scripts, so fill in the form and wait {waitSeconds} seconds before you send it; or go back and choose another way.',
    waited: 'Security check: you have waited long enough. Fill in the form and send it.',
    solving: 'Security check: it runs by itself and takes a few seconds. Go on filling in the form.',
    solved: 'Security check: done.',
  },
  signals: {
    title: 'Signs of attack',
    lead: 'The newest come first. They hold identifiers and masked networks, no personal data.',
    limits:
      'One source, one password or one account is told once a day. Travel is judged only where the region has a table of places; a place follows from the network and may be wrong, so no account is locked: its person is asked.',
    type: 'Kind',
    all: 'All signs of attack',
    from: 'From day',
    to: 'To day',
    dayHint: 'For example 2026-11-24.',
    dayWrong: 'Write a day like 2026-11-24.',
    search: 'Filter',
    results: 'Signs',
    none: 'There is none that fits.',
    account: 'account {account}',
    network: 'network {network}',
    accounts: '{accounts} different ID numbers',
    travel: 'region {from} to {to}, {kilometres} km apart within {minutes} minutes',
    noRegion: 'without a code',
    types: {
      'abuse.password-spray': 'Password spray',
      'abuse.account-guessed': 'One account’s password guessed at',
      'abuse.origin-limited': 'A network passed its limit of tries',
      'abuse.impossible-travel': 'Two sign-ins nobody can travel between',
      'device.first-seen': 'Sign-in at a new device',
      'passkey.clone-suspected': 'A passkey may have been copied',
    },
    by: { network: 'from one network', password: 'with one password' },
  },
};
