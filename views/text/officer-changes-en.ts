import type { officerChangesZh } from './officer-changes-zh.ts';

/** The words of the forms that change an officer at work, in English. */
export const officerChangesEn: typeof officerChangesZh = {
  roles: {
    change: 'Change roles',
    title: 'Change the roles of {name}',
    lead: 'Another administrator answers; once approved it takes effect at once. Nobody changes their own roles.',
  },
  passkey: {
    change: 'Give a passkey',
    title: 'Give {name} a passkey',
    lead: 'Another administrator answers; then a link that works once is made at the officer’s page, and the officer adds the passkey at a device of their own.',
    lost: 'Those there are were lost: once approved they are all void, and pages in use end at once.',
  },
  account: {
    change: 'Tie to the person’s account',
    title: 'Tie {name} to their own account',
    lead: 'The account must be of level 3 at least. Once tied, the console is shut to the officer while that account is closed or frozen. The console is still entered by the work passkey.',
    number: 'The person’s ID number',
    numberHint:
      '18 digits, used to find the account and not kept with the proposal. The look is in the person’s own record of uses.',
    tied: 'An account is tied already; once approved the new one takes its place.',
  },
  passkeys: 'Passkeys',
  count: '{count}',
  awaited: '{count}, and one to be added',
  accountIs: 'Own account',
  isTied: 'Tied',
  notTied: 'Not tied',
  another: 'one more',
  'in-place': 'all void, one anew',
};
