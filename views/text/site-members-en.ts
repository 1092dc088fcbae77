import type { siteMembersZh } from './site-members-zh.ts';

/** The words of who develops a site, in English. */
export const siteMembersEn: typeof siteMembersZh = {
  title: 'Developers',
  titleOf: 'Developers of “{name}”',
  lead: 'Everybody here may change the sandbox, see why requests were refused, and ask for production. No names are shown; everybody has a code at this site.',
  yourCode: 'Your code is {code}; tell it to your colleagues so that they know you.',
  you: '{code} (you)',
  remove: 'Remove {code}',
  leave: 'Leave this site',
  invite: 'Make an invitation',
  inviteLead:
    'The link works once, for 7 days. Whoever opens it first and signs in joins: send it to the colleague you mean and nobody else.',
  madeTitle: 'Invitation',
  madeLead: 'Copy it now; it is not shown again.',
  removeTitle: 'Remove {code}?',
  removeLead: 'They can no longer see or change this site, at once. They may be invited again.',
  leaveTitle: 'Leave “{name}”?',
  leaveLead: 'You can no longer see or change this site, unless a colleague invites you again.',
  confirm: 'Remove',
  confirmLeave: 'Leave',
  back: 'Back to the developers',
  joinTitle: 'Join the developers of “{name}”',
  joinLead:
    'You will be able to change its sandbox, see why requests were refused, and ask for production. The others see your code only.',
  join: 'Join',
};
