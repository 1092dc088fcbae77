import type { counterCheckZh } from './counter-check-zh.ts';

/** The words of the officers' check of a person at a counter, in English. */
export const counterCheckEn: typeof counterCheckZh = {
  title: 'Check a person at the counter',
  lead: 'The person is here with the original ID card; once checked, their level is 3. Each look is in their own record of uses.',
  number: 'ID number',
  numberHint: 'The 18 digits on the card; the last may be X.',
  find: 'Find',
  oneTitle: 'Compare document and person',
  name: 'Name registered',
  masked: 'Number registered',
  level: 'Level now',
  levelOf: 'Level {level}',
  typedName: 'Name on the document',
  typedNameHint: 'Type it as it stands there; it is compared with the name registered.',
  genuine: 'I have seen the original ID card; it is in date and was not tampered with',
  face: 'Its photo shows the person before me',
  submit: 'All is right: raise to level 3',
  back: 'Check the next person',
  doneTitle: 'Raised to level 3',
  done: 'The check is on record, and the person was told.',
};
