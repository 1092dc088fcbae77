import type { otherRegionZh } from './other-region-zh.ts';

/** The same words in English. */
export const otherRegionEn: typeof otherRegionZh = {
  link: 'Sign in by another region',
  title: 'Choose your home region',
  lead: 'If your account is in another region, choose it: you sign in at the system of your home region and come back here by yourself.',
  privacy:
    'You need not enter an ID number here. Your home region says what “{site}” would be given, and you decide.',
  search: 'Find a region',
  searchHint: 'Enter a name or a region code',
  searchButton: 'Find',
  regions: 'Regions you can sign in by',
  last: 'chosen last time',
  more: 'Only some of the regions are shown. Enter a name to find yours.',
  nothingFound: 'Nothing was found for “{query}”. Try another name, or go back to all regions.',
  showAll: 'See all regions',
  none: 'No other region can be used for “{site}” at present. Sign in another way, or go to a service counter.',
  raise: 'Raise the level at your home region',
  otherWays: 'Sign in another way',
  doneTitle: 'You are signed in by {region}',
  doneText: 'Going back to “{site}”. If nothing happens, use the button below.',
  goOn: 'Continue',
  guest: 'a person from another region',
};
