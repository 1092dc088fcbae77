import type { otherRegionZh } from './other-region-zh.ts';

/** The same words in English. */
export const otherRegionEn: typeof otherRegionZh = {
  link: 'Sign in by another region',
  title: 'Choose your home region',
  lead: 'If your account is in another region, choose it: you sign in at the system of your home region and come back here by yourself.',
  privacy:
    'You need not enter an ID number here. Your home region says what “{site}” would be given, and you decide.',
  search: 'Find or scan a region',
  searchHint:
    'Enter a name or a region code, or scan the code that your own pages at home show; never an ID number',
  searchButton: 'Find',
  regions: 'Regions you can sign in by',
  last: 'chosen last time',
  more: 'Only some of the regions are shown. Enter a name to find yours.',
  nothingFound: 'Nothing was found for “{query}”. Try another name, or go back to all regions.',
  showAll: 'See all regions',
  none: 'No other region can be used for “{site}” at present. Sign in another way, or go to a service counter.',
  closed: {
    agreement_suspended:
      'Sign-in by {region} is suspended: its people cannot sign in here for the time being. Try again once it is resumed; until then sign in another way, or go to a service counter.',
    agreement_terminated:
      'Sign-in by {region} has ended: its people cannot sign in here any more. Sign in another way, or go to a service counter.',
    agreement_expired:
      'The agreement with {region} has expired: its people cannot sign in here any more. Sign in another way, or go to a service counter.',
    agreement_status_stale:
      'The system of {region} cannot be reached: its people cannot sign in here for the moment. Try again later, or sign in another way.',
  },
  raise: 'Raise the level at your home region',
  otherWays: 'Sign in another way',
  doneTitle: 'You are signed in by {region}',
  doneText: 'Going back to “{site}”. If nothing happens, use the button below.',
  goOn: 'Continue',
  guest: 'a person from another region',
};
