import type { regionLinksZh } from './region-links-zh.ts';

/** The same words in English. */
export const regionLinksEn: typeof regionLinksZh = {
  title: 'Identities of other regions',
  hint: 'Link your account of another region, and see the code for signing in elsewhere',
  lead: 'Link your accounts of other regions to see here what sites read, and what you allowed, when you signed in by them.',
  keeps:
    'The ways you sign in and how sites know you stay as they are, and no level of sign-in rises because of a link.',
  list: 'Linked identities',
  none: 'No identity of another region is linked.',
  by: {
    'sign-in': 'You signed in at both regions',
    number:
      'The ID number that your home region gave with your consent is the same as here; linked by itself',
  },
  since: 'Linked on',
  how: 'How',
  lastSignIn: 'Last sign-in by it',
  never: 'not yet',
  unlink: 'Unlink',
  link: 'Link an identity',
  news: {
    linked:
      'Linked. What was used and allowed when you signed in by it now stands under “Who used my data” and “Use of certificates”.',
    unlinked: 'Unlinked.',
  },
  choose: {
    title: 'Link an identity',
    lead: 'Choose your home region, sign in there once, and you come back here. It gives neither your name nor your number for this.',
    regions: 'Choose the region',
    none: 'No other region has agreed to the linking of accounts at present.',
    level: 'You must be signed in here at level 2 or above.',
    raise: 'Raise the level',
    back: 'Back to the identities',
  },
  unlinking: {
    title: 'Unlink your identity of {region}?',
    text: 'What was used and allowed when you signed in by it is no longer shown here; nothing of it is deleted, and it is shown again when you link again. You can still sign in by that region.',
    confirm: 'Unlink',
    cancel: 'Keep the link',
  },
  code: {
    title: 'Code for signing in elsewhere',
    open: 'Show the code for signing in elsewhere',
    lead: 'At a site of another region choose “Sign in by another region” and scan this code: you are taken to {region}.',
    safe: 'It holds the code and address of the region and nothing about you. Anybody may see it, and it does not expire.',
    alt: 'Code for signing in by {region}',
    text: 'Without a scanner, copy this text',
    back: 'Back to the identities',
  },
  home: 'Back to My Yihao',
};
